package dev.anyrate.augment.prepare;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.Objects;

/// What every input goes through before the encoder: channels standardised, then stretched (straight lines) or shrunk (area
/// filter) to the canonical length. Belongs to a trained model as much as its weights.
///
/// @param scope           whose mean and deviation count first
/// @param standardization fitted on the TRAIN part
/// @param canonicalLength at least 2
public record InputPreparation(StandardizationScope scope, Standardization standardization, int canonicalLength) {

  /// @throws IllegalArgumentException if the length is below 2
  /// @throws NullPointerException     if there is no standardisation
  public InputPreparation {
    Objects.requireNonNull(standardization, "preparation: no standardization");
    scope = Objects.requireNonNullElse(scope, StandardizationScope.SET); // a checkpoint from before there was a choice
    if (canonicalLength < 2) throw new IllegalArgumentException("canonical length " + canonicalLength + " must be at least 2");
  }

  /// A preparation that keeps level and amplitude.
  ///
  /// @throws IllegalArgumentException if the length is below 2
  public InputPreparation(Standardization standardization, int canonicalLength) {
    this(StandardizationScope.SET, standardization, canonicalLength);
  }

  /// The preparation that suits a TRAIN part and keeps level and amplitude.
  ///
  /// @throws BadSeriesException if a value is missing
  public static InputPreparation fit(TimeSeriesSet train) {
    return fit(train, StandardizationScope.SET);
  }

  /// The preparation that suits a TRAIN part.
  ///
  /// @throws BadSeriesException if a value is missing
  public static InputPreparation fit(TimeSeriesSet train, StandardizationScope scope) {
    TimeSeriesSet levelled = train.requireComplete().map(scope::level);
    Standardization standardization = Standardization.fit(levelled);
    return new InputPreparation(scope, standardization, CanonicalLength.choose(standardization.apply(levelled)));
  }

  /// The preparation that suits a TRAIN part and brings it to a length that is given.
  ///
  /// @param canonicalLength at least 2
  /// @throws BadSeriesException       if a value is missing
  /// @throws IllegalArgumentException if the length is below 2
  public static InputPreparation fit(TimeSeriesSet train, StandardizationScope scope, int canonicalLength) {
    return new InputPreparation(scope, Standardization.fit(train.requireComplete().map(scope::level)), canonicalLength);
  }

  /// A series with its channels brought to one scale, at its own length.
  ///
  /// @throws BadSeriesException if it has other channels than the TRAIN part, or a value is missing
  public TimeSeries standardize(TimeSeries series) {
    return standardization.apply(scope.level(series));
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
    return ResampleMethod.AREA.resampler().resample(standardize(series), length);
  }

  /// All series of a set as the encoder expects them.
  public TimeSeriesSet apply(TimeSeriesSet set) {
    return set.map(this::apply);
  }
}
