package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.List;

/// One way in which TEST is recorded: what is seen of each series, by which sensor, at which rate.
///
/// @param protocol whole series or a window of native length
/// @param sensor   how the series gets its rate
/// @param rate     relative to the native one
public record TestView(RateProtocol protocol, Sensor sensor, double rate) {
  /// TEST as it is.
  public static final TestView NATIVE = new TestView(RateProtocol.WHOLE, Sensor.LINEAR, 1);

  /// Every view at these rates. Below the native rate both protocols show the same; that view stands under `whole` only.
  static List<TestView> all(List<Double> rates) {
    List<TestView> views = new ArrayList<>();
    for (Sensor sensor : Sensor.values()) {
      for (RateProtocol protocol : RateProtocol.values()) {
        for (double rate : rates) {
          boolean asWhole = protocol == RateProtocol.WINDOW && rate <= 1;
          if (sensor.reaches(rate) && !asWhole) views.add(new TestView(protocol, sensor, rate));
        }
      }
    }
    return views;
  }

  /// Whether this view shows every series as it is.
  boolean isNative() {
    return rate == 1;
  }

  /// A set as this view shows it.
  TimeSeriesSet of(TimeSeriesSet set) {
    return set.map(series -> protocol.at(series, rate, sensor.resampler(rate)));
  }
}
