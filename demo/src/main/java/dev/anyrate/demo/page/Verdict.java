package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.text;

import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.RateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// An evaluation in words, with what speaks against it.
///
/// @param report the numbers
public record Verdict(EvaluationReport report) {
  /// A loss of accuracy up to this share counts as none: half of it is one series in a test set of a hundred.
  private static final double SMALL = 0.02;

  /// The most telling sentence first.
  public List<String> paragraphs() {
    Map<String, RateResult> ours = report.ours().whole();
    Map<String, RateResult> untrained = report.baselines().untrained().whole();
    var paragraphs = new ArrayList<String>();
    paragraphs.add(retention(ours));
    window().ifPresent(paragraphs::add);
    paragraphs.add(trainingAgainstNone(ours, untrained));
    RateResult quarter = ours.get("0.25");
    if (quarter != null) paragraphs.add(similarity(quarter, untrained.get("0.25")));
    return paragraphs;
  }

  private static String retention(Map<String, RateResult> ours) {
    RateResult home = ours.get("1");
    Optional<String> found = worst(ours, rate -> rate != 1);
    if (found.isEmpty()) return text("The probe reaches %.2f at the native rate; no other rate was asked for.", home.accuracy());
    String worstRate = found.get();
    double worst = ours.get(worstRate).accuracy();
    if (home == null) return text("The lowest accuracy over all rates is %.2f, at rate %s.", worst, worstRate);
    double loss = home.accuracy() - worst;
    return loss <= SMALL
        ? text("The embedding holds: the probe reaches %.2f at the native rate, and at the worst other rate, %s, still %.2f.",
            home.accuracy(),
            worstRate, worst)
        : text("The embedding loses %.2f of its accuracy at rate %s: %.2f, against %.2f at the native rate.", loss, worstRate,
            worst,
            home.accuracy());
  }

  /// A window differs from the whole series at rates above 1 only.
  private Optional<String> window() {
    Map<String, RateResult> ours = report.ours().window();
    Map<String, RateResult> untrained = report.baselines().untrained().window();
    return worst(ours, rate -> rate > 1).map(rate -> text(
        "That is for whole series. Of windows of native length, which show less of a series at rates above 1, the worst rate is %s, with %.2f; untrained, %.2f.",
        rate, ours.get(rate).accuracy(), untrained.get(rate).accuracy()));
  }

  private static String trainingAgainstNone(Map<String, RateResult> ours, Map<String, RateResult> untrained) {
    double gain = mean(ours) - mean(untrained);
    if (gain > SMALL)
      return text(
          "Training adds %.2f to the mean accuracy of whole series over all rates, %.2f against %.2f of the same encoder untrained.",
          gain, mean(ours), mean(untrained));
    if (gain < -SMALL) {
      return text(
          "Training costs accuracy on whole series: %.2f in the mean over all rates, against %.2f of the same encoder untrained; train longer, or on more data.",
          mean(ours), mean(untrained));
    }
    return text(
        "In the accuracy of whole series, training adds next to nothing: %.2f in the mean over all rates, against %.2f of the same encoder untrained. What keeps the"
            + " accuracy here is what both share, how series and embeddings are prepared, not the trained weights.",
        mean(ours), mean(untrained));
  }

  private static String similarity(RateResult ours, RateResult untrained) {
    double gap = ours.cosSame() - ours.cosOther();
    double untrainedGap = untrained.cosSame() - untrained.cosOther();
    return text(
        "At a quarter of the rate, a series is more similar to itself than to others by a cosine of %.2f; untrained, %.2f. Its own embedding is the nearest"
            + " for %.0f %% of the series; untrained, %.0f %%.",
        gap, untrainedGap, 100 * ours.retrievalAt1(), 100 * untrained.retrievalAt1());
  }

  /// The rate of the lowest accuracy, among some of them.
  private static Optional<String> worst(Map<String, RateResult> results, DoublePredicate among) {
    return results.keySet().stream().filter(rate -> among.test(Double.parseDouble(rate)))
        .min(Comparator.comparingDouble(rate -> results.get(rate).accuracy()));
  }

  private static double mean(Map<String, RateResult> results) {
    return results.values().stream().mapToDouble(RateResult::accuracy).average().orElse(Double.NaN);
  }
}
