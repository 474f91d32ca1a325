package dev.anyrate.demo.command;

import dev.anyrate.augment.series.Count;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.proof.Measure;
import dev.anyrate.model.evaluate.proof.Method;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Sensor;
import dev.anyrate.model.evaluate.proof.TestView;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A proof as a table for the terminal: a row for each method and probe, a column for each view.
record ProofSummary(ProofReport report) {
  void print(PrintStream out) {
    List<TestView> views = report.measured().views(Method.TRAINED, Measure.ACCURACY).stream()
        .filter(view -> view.sensor() == Sensor.LINEAR).toList();
    out.printf("%s: %d train, %d test, %d classes, %s; whole series, and windows of native length (w)%n", report.dataset(),
        report.train(), report.test(), report.classes(), Count.of(report.options().seeds().size(), "seed"));
    out.printf("%-42s", "");
    views.forEach(view -> out.printf("%7s", RateProtocol.key(view.rate()) + (view.protocol() == RateProtocol.WINDOW ? "w" : "")));
    out.println();
    for (Method method : Method.values()) {
      for (Measure measure : List.of(Measure.ACCURACY, Measure.PROBE_AUGMENTED, Measure.FEW_LABELS, Measure.REFITTED,
          Measure.AUROC, Measure.RETRIEVAL_AT_1, Measure.HARD_NEGATIVE)) {
        if (!report.measured().views(method, measure).isEmpty()) row(out, method, measure, views);
      }
    }
  }

  private void row(PrintStream out, Method method, Measure measure, List<TestView> views) {
    out.printf("%-42s", method.id() + ", " + measure.id());
    for (TestView view : views) {
      OptionalDouble value = report.measured().mean(method, measure, view);
      out.printf("%7s", value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "");
    }
    out.println();
  }
}
