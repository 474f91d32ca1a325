package dev.anyrate.demo.page;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.ExampleSeries;
import java.util.ArrayList;
import java.util.List;

/// A few series of a set, each at its own rate, at half and at twice of it.
final class SeriesViews {
  private static final int EXAMPLES = 3;

  private SeriesViews() {}

  /// The first series of the first classes.
  static Section figure(TimeSeriesSet set) {
    var examples = new ArrayList<ExampleSeries.Example>();
    for (String name : set.classNames()) {
      if (examples.size() == EXAMPLES) break;
      set.series().stream().filter(one -> one.label().orElse("").equals(name)).findFirst()
          .ifPresent(series -> examples.add(example(name, series)));
    }
    return ExampleSeries.figure(examples);
  }

  private static ExampleSeries.Example example(String name, TimeSeries series) {
    return new ExampleSeries.Example("class " + name,
        List.of(view("native", series, 1), view("half the rate", series, 0.5), view("twice the rate", series, 2)));
  }

  private static ExampleSeries.View view(String name, TimeSeries series, double rate) {
    float[] values = new SamplingRate(rate).apply(series, ResampleMethod.LINEAR.resampler()).channel(0);
    return ExampleSeries.View.of(name + ", " + values.length + " samples", 0, series.length() - 1, values);
  }
}
