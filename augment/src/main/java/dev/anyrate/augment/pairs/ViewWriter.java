package dev.anyrate.augment.pairs;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import java.util.random.RandomGenerator;

/// Makes one of both views of a series and puts it into its row of a batch.
///
/// @param number       1 or 2
/// @param augmentation that makes the view
/// @param channels     C
/// @param length       L, to which views are padded or cropped
record ViewWriter(int number, Augmentation augmentation, int channels, int length) {

  /// Writes a view into a row of zeros.
  ///
  /// @param index  of the series
  /// @param random the stream of this series and view
  /// @param row    `[B, C, L]`. Overwritten from `offset` on, one row.
  /// @return how many samples of the row are data
  /// @throws BadSeriesException if the augmentation gives missing values or other channels
  int write(TimeSeriesSet set, int index, RandomGenerator random, float[] row, int offset) {
    TimeSeries view = view(set, index, random);
    if (view.hasMissing() || view.channels() != channels) {
      throw new BadSeriesException(set.name() + ": view " + number + " of series " + (index + 1) + " has " + view.missingValues()
          + " NaN values and " + view.channels() + " of " + channels + " channels; correct the augmentation that makes it");
    }
    int valid = Math.min(view.length(), length);
    int start = random.nextInt(view.length() - valid + 1);
    for (int c = 0; c < channels; c++) System.arraycopy(view.channel(c), start, row, offset + c * length, valid);
    return valid;
  }

  /// An augmentation may refuse a series, or make one that cannot be, such as one with an infinite value.
  private TimeSeries view(TimeSeriesSet set, int index, RandomGenerator random) {
    try {
      TimeSeries view = augmentation.apply(set.get(index), random);
      if (view == null) throw new BadSeriesException("the augmentation gave null; let it return the series, changed or not");
      return view;
    } catch (BadSeriesException complaint) {
      throw complaint.at(set.name() + ": view " + number + " of series " + (index + 1));
    }
  }
}
