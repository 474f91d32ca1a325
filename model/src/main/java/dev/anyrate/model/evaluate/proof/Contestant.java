package dev.anyrate.model.evaluate.proof;

import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/// A method with one of its probes: what takes part in a comparison over datasets.
///
/// @param method of those that are not told the rate
/// @param probe  accuracy of the plain or of the augmented probe
public record Contestant(Method method, Measure probe) {
  /// Everyone in a set of measurements, the trained encoder with the augmented probe first.
  public static List<Contestant> in(Measurements measured) {
    List<Contestant> contestants = new ArrayList<>();
    for (Method method : Method.values()) {
      if (method == Method.KNOWN_RATE) continue; // is told what the others have to find
      for (Measure probe : List.of(Measure.PROBE_AUGMENTED, Measure.ACCURACY)) {
        if (!measured.views(method, probe).isEmpty()) contestants.add(new Contestant(method, probe));
      }
    }
    return contestants;
  }

  /// In words, such as `untrained, augmented` for the augmented probe.
  public String title() {
    return method.title() + (probe == Measure.PROBE_AUGMENTED ? ", augmented" : "");
  }

  /// Accuracy at one view; NaN if it was not measured.
  public double at(Measurements measured, TestView view) {
    return measured.mean(method, probe, view).orElse(Double.NaN);
  }

  /// Mean accuracy over all views of both protocols by the plain sensor: what datasets are compared by.
  public double overall(Measurements measured) {
    return of(measured, _ -> true).average().orElse(Double.NaN);
  }

  /// The lowest accuracy on whole series.
  public double worstWhole(Measurements measured) {
    return of(measured, view -> view.protocol() == RateProtocol.WHOLE).min().orElse(Double.NaN);
  }

  /// All views by the plain sensor.
  List<TestView> views(Measurements measured) {
    return measured.views(method, probe).stream().filter(view -> view.sensor() == Sensor.LINEAR).toList();
  }

  private DoubleStream of(Measurements measured, Predicate<TestView> wanted) {
    return views(measured).stream().filter(wanted).mapToDouble(view -> at(measured, view));
  }
}
