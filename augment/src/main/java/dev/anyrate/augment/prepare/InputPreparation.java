package dev.anyrate.augment.prepare;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;

/// What every input goes through before the encoder: channels standardised, then stretched (straight lines) or shrunk (area
/// filter) to the canonical length. Belongs to a trained model as much as its weights.
///
/// @param standardization fitted on the TRAIN part
/// @param canonicalLength at least 2
public record InputPreparation(Standardization standardization, int canonicalLength) {

  /// @throws IllegalArgumentException if the length is below 2
  public InputPreparation {
    if (canonicalLength < 2) throw new IllegalArgumentException("canonical length " + canonicalLength + " must be at least 2");
  }

  /// The preparation that suits a TRAIN part.
  ///
  /// @throws BadSeriesException if a value is missing
  public static InputPreparation fit(TimeSeriesSet train) {
    Standardization standardization = Standardization.fit(train);
    return new InputPreparation(standardization, CanonicalLength.choose(standardization.apply(train)));
  }

  /// A series as the encoder expects it.
  ///
  /// @throws BadSeriesException if it has other channels than the TRAIN part, or a value is missing
  public TimeSeries apply(TimeSeries series) {
    return atLength(series, canonicalLength);
  }

  /// A series for which another length is wanted than the canonical one.
  ///
  /// @param length at least 2
  /// @throws BadSeriesException if it has other channels than the TRAIN part, or a value is missing
  public TimeSeries atLength(TimeSeries series, int length) {
    return ResampleMethod.AREA.resampler().resample(standardization.apply(series), length);
  }

  /// All series of a set as the encoder expects them.
  public TimeSeriesSet apply(TimeSeriesSet set) {
    return set.map(this::apply);
  }
}
