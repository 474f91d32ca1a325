package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.capitalised;
import static dev.anyrate.demo.page.Wording.text;
import static dev.anyrate.demo.page.Wording.three;

import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.Table;
import dev.anyrate.demo.report.figure.RateCurve;
import dev.anyrate.demo.report.figure.RateTable;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.proof.Measure;
import dev.anyrate.model.evaluate.proof.Measurements;
import dev.anyrate.model.evaluate.proof.Method;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Sensor;
import dev.anyrate.model.evaluate.proof.TestView;
import java.util.ArrayList;
import java.util.List;

/// The numbers of a proof as tables: what the figures show, and what they do not.
///
/// @param report the numbers
record ProofTables(ProofReport report) {
  private static final List<Method> ENCODERS = List.of(Method.TRAINED, Method.KNOWN_RATE, Method.UNTRAINED,
      Method.WITHOUT_RATE_VIEWS);

  List<Section> sections() {
    var curves = new ProofCurves(report.measured());
    var sections = new ArrayList<Section>();
    sections
        .add(RateTable.of("Accuracy, whole series", "Share of test series classified correctly, probe fitted at the native rate",
            curves.plain().whole()));
    sections.add(RateTable.of("Accuracy, window of native length", "The same for as many samples at another rate",
        curves.plain().window()));
    sections.add(
        RateTable.of("Accuracy, whole series, augmented probe", "The probe also saw six augmented copies of the training series",
            curves.augmented().whole()));
    sections.add(RateTable.of("Accuracy, window, augmented probe", "The same for as many samples at another rate",
        curves.augmented().window()));
    sections.add(byEncoder("Accuracy with 5 labels a class, whole series", Measure.FEW_LABELS, RateProtocol.WHOLE));
    sections.add(byEncoder("Retrieval, whole series", Measure.RETRIEVAL_AT_1, RateProtocol.WHOLE));
    sections.add(byEncoder("Retrieval, window", Measure.RETRIEVAL_AT_1, RateProtocol.WINDOW));
    sections.add(byEncoder("Own against other cosine, whole series", Measure.AUROC, RateProtocol.WHOLE));
    sections.add(byEncoder("Own against other cosine, window", Measure.AUROC, RateProtocol.WINDOW));
    sections.add(byEncoder("Hard negative, whole series", Measure.HARD_NEGATIVE, RateProtocol.WHOLE));
    sections.add(byEncoder("Alignment, whole series", Measure.ALIGNMENT, RateProtocol.WHOLE));
    sections.add(sensors());
    sections.add(embedding());
    sections.add(controls());
    return sections;
  }

  private Table byEncoder(String title, Measure measure, RateProtocol protocol) {
    var curves = new ProofCurves(report.measured());
    List<RateCurve> rows = ENCODERS.stream().map(method -> curves.curve(method.title(), method, measure, protocol, Sensor.LINEAR))
        .filter(curve -> !curve.points().isEmpty()).toList();
    return RateTable.of(title, capitalised(measure.title()), rows);
  }

  private Table sensors() {
    var curves = new ProofCurves(report.measured());
    var rows = new ArrayList<RateCurve>();
    for (Sensor sensor : Sensor.values()) {
      for (Measure measure : List.of(Measure.ACCURACY, Measure.PROBE_AUGMENTED)) {
        RateCurve curve = curves.curve(sensor.id() + (measure == Measure.ACCURACY ? "" : ", augmented probe"), Method.TRAINED,
            measure,
            RateProtocol.WHOLE, sensor);
        if (!curve.points().isEmpty()) rows.add(curve);
      }
    }
    return RateTable.of("Other sensors, whole series",
        "Accuracy of the trained encoder on series that were resampled in other ways", rows);
  }

  private Table embedding() {
    var rows = new ArrayList<Table.Row>();
    for (Method method : ENCODERS) {
      if (report.measured().views(method, Measure.UNIFORMITY).isEmpty()) continue;
      rows.add(new Table.Row(method.title(), List.of(value(method, Measure.UNIFORMITY, "%.2f"),
          value(method, Measure.EFFECTIVE_RANK, "%.1f"), value(method, Measure.DEAD_DIMENSIONS, "%.0f"))));
    }
    return new Table("How the embeddings lie", "At the native rate; lower uniformity is more even",
        List.of("encoder", "uniformity", "effective rank", "dead dimensions of " + report.embedding()), rows);
  }

  private String value(Method method, Measure measure, String format) {
    return text(format, report.measured().mean(method, measure, TestView.NATIVE).orElse(Double.NaN));
  }

  private Table controls() {
    var rows = new ArrayList<Table.Row>();
    Measurements measured = report.measured();
    for (Measure measure : List.of(Measure.LEAK_RATE, Measure.LEAK_LENGTH, Measure.NOISE, Measure.SWAPPED, Measure.SHUFFLED,
        Measure.LENGTH_ONLY)) {
      measured.mean(Method.TRAINED, measure, TestView.NATIVE).ifPresent(value -> {
        double bound = measured.bound(Method.TRAINED, measure, TestView.NATIVE).orElse(Double.NaN);
        rows.add(new Table.Row(measure.title(), List.of(three(value),
            three(measured.chance(Method.TRAINED, measure, TestView.NATIVE).orElseThrow()),
            three(bound), Double.isNaN(bound) ? "" : value <= bound ? "at chance" : "above")));
      });
    }
    return new Table("Leakage and negative controls",
        "Accuracy where little or nothing should be found; the bound is three deviations of a binomial above chance",
        List.of("probe", "accuracy", "chance", "bound", "result"), rows);
  }
}
