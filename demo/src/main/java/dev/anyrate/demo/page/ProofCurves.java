package dev.anyrate.demo.page;

import dev.anyrate.demo.report.figure.RateCurve;
import dev.anyrate.demo.report.figure.SimilarityByRate;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.proof.Measure;
import dev.anyrate.model.evaluate.proof.Measurements;
import dev.anyrate.model.evaluate.proof.Method;
import dev.anyrate.model.evaluate.proof.Sensor;
import dev.anyrate.model.evaluate.proof.TestView;
import java.util.ArrayList;
import java.util.List;

/// The curves over the rates that a proof's figures and tables show.
///
/// @param measured the numbers
record ProofCurves(Measurements measured) {
  private static final String UPPER_BOUND = "trained, probe refitted at each rate";

  private static final String ALL_BLIND = " Only 'rate known' is told the rate, and only the refitted probe has seen it: a bound from above. A method that holds at any"
      + " rate is a level line.";

  /// Several methods under both protocols.
  ///
  /// @param caption what was measured
  record Methods(String caption, List<RateCurve> whole, List<RateCurve> window) {}

  /// Every method with the probe that saw the native rate only, and the upper bound.
  Methods plain() {
    return new Methods("Share of test series that a probe fitted at the native rate (1) classifies correctly." + ALL_BLIND,
        curves(Measure.ACCURACY, RateProtocol.WHOLE), curves(Measure.ACCURACY, RateProtocol.WINDOW));
  }

  /// Every method with the probe that saw augmented copies, and the upper bound.
  Methods augmented() {
    return new Methods(
        "Share of test series that a probe classifies correctly which also saw six augmented copies of the training series: three resampled, three cut."
            + ALL_BLIND,
        curves(Measure.PROBE_AUGMENTED, RateProtocol.WHOLE), curves(Measure.PROBE_AUGMENTED, RateProtocol.WINDOW));
  }

  /// The upper bound stands before the methods without a second probe, so that every method looks alike in both figures.
  private List<RateCurve> curves(Measure probe, RateProtocol protocol) {
    var curves = new ArrayList<RateCurve>();
    for (Method method : Method.values()) {
      if (method == Method.RAW_LR) add(curves, UPPER_BOUND, Method.TRAINED, Measure.REFITTED, protocol, Sensor.LINEAR);
      add(curves, method.title(), method, probe, protocol, Sensor.LINEAR);
    }
    return curves;
  }

  /// Own and other cosine, trained and untrained.
  List<SimilarityByRate.Encoder> similarity(RateProtocol protocol) {
    var encoders = new ArrayList<SimilarityByRate.Encoder>();
    for (Method method : List.of(Method.TRAINED, Method.UNTRAINED)) {
      encoders.add(new SimilarityByRate.Encoder(method.title(),
          curve(method.title() + ", own", method, Measure.COS_SAME, protocol, Sensor.LINEAR),
          curve(method.title() + ", other", method, Measure.COS_OTHER, protocol, Sensor.LINEAR)));
    }
    return encoders;
  }

  private void add(List<RateCurve> curves, String name, Method method, Measure measure, RateProtocol protocol, Sensor sensor) {
    RateCurve curve = curve(name, method, measure, protocol, sensor);
    if (!curve.points().isEmpty()) curves.add(curve);
  }

  /// One quantity over the rates. Up to the native rate a window shows what the whole series shows.
  RateCurve curve(String name, Method method, Measure measure, RateProtocol protocol, Sensor sensor) {
    List<TestView> views = measured.views(method, measure).stream()
        .filter(view -> view.sensor() == sensor && (view.protocol() == protocol || view.rate() <= 1)).toList();
    return RateCurve.of(name, views.stream().mapToDouble(TestView::rate).toArray(),
        views.stream().mapToDouble(view -> measured.mean(method, measure, view).orElseThrow()).toArray());
  }
}
