package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.text;

import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.proof.Measure;
import dev.anyrate.model.evaluate.proof.Measurements;
import dev.anyrate.model.evaluate.proof.Method;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Requirement;
import dev.anyrate.model.evaluate.proof.Sensor;
import dev.anyrate.model.evaluate.proof.TestView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A proof in words, with what speaks against the encoder.
///
/// @param report the numbers
public record ProofVerdict(ProofReport report) {
  /// A difference of accuracy up to this counts as none: two series in a test set of a hundred.
  private static final double SMALL = 0.02;
  private static final double TOLD = 0.1; // above chance: so much told of the rate is worth a sentence

  /// The most telling sentence first.
  public List<String> paragraphs() {
    var paragraphs = new ArrayList<String>();
    paragraphs.add(conclusion());
    paragraphs.add(retention());
    paragraphs.add(opponents());
    paragraphs.add(similarity());
    leakage().ifPresent(paragraphs::add);
    paragraphs.add(controls());
    return paragraphs;
  }

  private String conclusion() {
    if (report.requirements().isEmpty()) return "Nothing was required.";
    List<String> failed = texts(report.requirements().stream().filter(outcome -> !outcome.holds()));
    return failed.isEmpty()
        ? "Everything that was required holds: " + String.join(", ", texts(report.requirements().stream())) + "."
        : "What was required does not hold: " + String.join(", ", failed) + ".";
  }

  private static List<String> texts(Stream<Requirement.Outcome> outcomes) {
    return outcomes.map(outcome -> outcome.requirement().text()).toList();
  }

  private String retention() {
    TestView whole = worst(RateProtocol.WHOLE);
    String text = text(
        "Whole series: accuracy %.3f at the native rate, %.3f at the worst other rate, %s (augmented probe %.3f and %.3f).",
        value(Method.TRAINED, Measure.ACCURACY, TestView.NATIVE), value(Method.TRAINED, Measure.ACCURACY, whole),
        RateProtocol.key(whole.rate()), value(Method.TRAINED, Measure.PROBE_AUGMENTED, TestView.NATIVE),
        value(Method.TRAINED, Measure.PROBE_AUGMENTED, whole));
    TestView window = worst(RateProtocol.WINDOW);
    if (window.protocol() != RateProtocol.WINDOW) return text;
    return text + text(
        " Windows of native length: %.3f at the worst rate, %s (augmented probe %.3f; a probe refitted at that rate %.3f).",
        value(Method.TRAINED, Measure.ACCURACY, window), RateProtocol.key(window.rate()),
        value(Method.TRAINED, Measure.PROBE_AUGMENTED, window), value(Method.TRAINED, Measure.REFITTED, window));
  }

  private String opponents() {
    var opponents = new ArrayList<Opponent>();
    opponents.add(new Opponent("the same encoder untrained", best(Method.UNTRAINED)));
    if (has(Method.WITHOUT_RATE_VIEWS)) {
      opponents.add(new Opponent("the same encoder trained without rate views", best(Method.WITHOUT_RATE_VIEWS)));
    }
    if (has(Method.MINIROCKET)) opponents.add(new Opponent("MiniRocket with ridge", best(Method.MINIROCKET)));
    opponents.add(new Opponent("logistic regression on raw values", best(Method.RAW_LR)));
    double ours = best(Method.TRAINED);
    var groups = new ArrayList<String>();
    group("better than", opponents.stream().filter(one -> ours - one.accuracy() > SMALL).toList()).ifPresent(groups::add);
    group("level with", opponents.stream().filter(one -> Math.abs(ours - one.accuracy()) <= SMALL).toList())
        .ifPresent(groups::add);
    group("worse than", opponents.stream().filter(one -> one.accuracy() - ours > SMALL).toList()).ifPresent(groups::add);
    return text("Mean accuracy over all rates and both protocols, with the better probe of each method: %.3f, ", ours)
        + String.join("; ", groups) + ".";
  }

  private record Opponent(String name, double accuracy) {}

  private static Optional<String> group(String word, List<Opponent> opponents) {
    if (opponents.isEmpty()) return Optional.empty();
    return Optional.of(
        word + " " + String.join(", ", opponents.stream().map(one -> text("%s (%.3f)", one.name(), one.accuracy())).toList()));
  }

  private double best(Method method) {
    return Math.max(mean(method, Measure.ACCURACY), mean(method, Measure.PROBE_AUGMENTED));
  }

  private double mean(Method method, Measure measure) {
    return report.measured().views(method, measure).stream().filter(view -> view.sensor() == Sensor.LINEAR)
        .mapToDouble(view -> value(method, measure, view)).average().orElse(Double.NEGATIVE_INFINITY);
  }

  private String similarity() {
    TestView whole = leastSeparated(RateProtocol.WHOLE);
    String text = text(
        "Own against other cosine, whole series: AUROC %.3f at the least favourable view (%s); there the own embedding is the nearest for %.0f %% of the"
            + " series, and nearer than the series' own time stretch for %.0f %%.",
        value(Method.TRAINED, Measure.AUROC, whole), words(whole), 100 * value(Method.TRAINED, Measure.RETRIEVAL_AT_1, whole),
        100 * value(Method.TRAINED, Measure.HARD_NEGATIVE, whole));
    TestView window = leastSeparated(RateProtocol.WINDOW);
    if (window.protocol() != RateProtocol.WINDOW) return text;
    return text
        + text(" Windows: AUROC %.3f (%s), found again %.0f %%.", value(Method.TRAINED, Measure.AUROC, window), words(window),
            100 * value(Method.TRAINED, Measure.RETRIEVAL_AT_1, window));
  }

  /// The view of a protocol at which own and other lie closest; of the whole series if there is no window.
  private TestView leastSeparated(RateProtocol protocol) {
    List<TestView> views = report.measured().views(Method.TRAINED, Measure.AUROC);
    return views.stream().filter(view -> view.protocol() == protocol)
        .min(Comparator.comparingDouble(view -> value(Method.TRAINED, Measure.AUROC, view))).orElse(views.getFirst());
  }

  private Optional<String> leakage() {
    Measurements measured = report.measured();
    OptionalDouble told = measured.mean(Method.TRAINED, Measure.LEAK_RATE, TestView.NATIVE);
    if (told.isEmpty()) return Optional.empty();
    double chance = measured.chance(Method.TRAINED, Measure.LEAK_RATE, TestView.NATIVE).orElseThrow();
    String judgement = told.getAsDouble() - chance > TOLD
        ? "The embedding still gives the rate away"
        : "The embedding hardly gives the rate away";
    return Optional.of(text("%s: a probe tells it in %.0f %% of the cases, chance %.0f %%.", judgement,
        100 * told.getAsDouble(), 100 * chance));
  }

  private String controls() {
    var above = new ArrayList<String>();
    for (Measure control : List.of(Measure.NOISE, Measure.SWAPPED, Measure.SHUFFLED, Measure.LENGTH_ONLY)) {
      double value = value(Method.TRAINED, control, TestView.NATIVE);
      double bound = report.measured().bound(Method.TRAINED, control, TestView.NATIVE).orElseThrow();
      if (value > bound) above.add(text("%s %.3f (bound %.3f)", control.title().replace("control: ", ""), value, bound));
    }
    if (above.isEmpty()) return "All negative controls come out at chance.";
    return "Above chance in the negative controls: " + String.join(", ", above)
        + ". Noise and swapped labels must not be; time shuffled and length only say what values or lengths alone give away of the class in these data.";
  }

  private boolean has(Method method) {
    return !report.measured().views(method, Measure.ACCURACY).isEmpty();
  }

  /// The least favourable view of a protocol, by the plain probe; of the whole series if there is no window.
  private TestView worst(RateProtocol protocol) {
    List<TestView> views = report.measured().views(Method.TRAINED, Measure.ACCURACY).stream()
        .filter(view -> view.sensor() == Sensor.LINEAR && view.rate() != 1).toList();
    List<TestView> wanted = views.stream().filter(view -> view.protocol() == protocol).toList();
    return wanted.stream().min(Comparator.comparingDouble(view -> value(Method.TRAINED, Measure.ACCURACY, view)))
        .orElse(views.isEmpty() ? TestView.NATIVE : views.getFirst());
  }

  private double value(Method method, Measure measure, TestView view) {
    return report.measured().mean(method, measure, view).orElse(Double.NaN);
  }

  static String words(TestView view) {
    String protocol = view.protocol() == RateProtocol.WHOLE ? "whole series" : "window";
    return protocol + (view.sensor() == Sensor.LINEAR ? "" : ", " + view.sensor().id()) + ", rate "
        + RateProtocol.key(view.rate());
  }
}
