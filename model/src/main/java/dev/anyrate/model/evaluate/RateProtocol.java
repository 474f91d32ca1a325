package dev.anyrate.model.evaluate;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.Resampler;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.math.BigDecimal;
import java.util.List;

/// The two ways in which a series is tried at another rate. The model is never told the rate.
///
/// Resampling is linear interpolation with the end points kept, to `max(2, floor(n·rate + 0.5))` samples: no filter, as from a
/// sensor that has none.
public enum RateProtocol {
  /// The whole series at the new rate: the same span of time, another count of samples.
  WHOLE {
    @Override
    TimeSeries cut(TimeSeries resampled, int nativeLength) {
      return resampled;
    }
  },

  /// As many samples as before at the new rate: another span of time. Above rate 1 that is the middle of the resampled series;
  /// below, where a recorder would have needed a longer past, the shorter series.
  WINDOW {
    @Override
    TimeSeries cut(TimeSeries resampled, int nativeLength) {
      if (resampled.length() <= nativeLength) return resampled;
      return resampled.part((resampled.length() - nativeLength) / 2, nativeLength);
    }
  };

  /// The rates of a report, relative to the series as they are.
  public static final List<Double> DEFAULT_RATES = List.of(0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0);

  abstract TimeSeries cut(TimeSeries resampled, int nativeLength);

  /// One series as this protocol shows it at a rate; at rate 1 it is the series itself.
  ///
  /// @throws IllegalArgumentException if the rate is not above 0, or far too high
  public TimeSeries at(TimeSeries series, double rate) {
    return at(series, rate, ResampleMethod.LINEAR.resampler());
  }

  /// One series as this protocol shows it at a rate, recorded by a sensor that resamples in its own way.
  ///
  /// @throws IllegalArgumentException if the rate is not above 0, or far too high
  public TimeSeries at(TimeSeries series, double rate, Resampler sensor) {
    var factor = new SamplingRate(rate);
    if (factor.newLength(series.length()) == series.length()) return series;
    return cut(factor.apply(series, sensor), series.length());
  }

  /// Each series of a set as this protocol shows it at a rate; at rate 1 it is the set itself.
  ///
  /// @throws IllegalArgumentException if the rate is not above 0, or far too high
  public TimeSeriesSet at(TimeSeriesSet series, double rate) {
    return rate == 1 ? series : series.map(one -> at(one, rate));
  }

  /// A rate as reports write it: `0.25`, `1`, `1.5`.
  public static String key(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
  }
}
