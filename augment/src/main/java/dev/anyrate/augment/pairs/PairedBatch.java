package dev.anyrate.augment.pairs;

import java.util.Arrays;
import java.util.Objects;

/// Two views of the same series, side by side: row `b` of both comes from one series.
///
/// A view shorter than `length` is followed by zeros; `lengths1` and `lengths2` tell where it ends. The arrays belong to whoever
/// takes the batch; the loader does not touch them again.
///
/// @param view1     `[B, C, L]`, row-major
/// @param lengths1  `[B]`, count of samples of each view that are data
/// @param view2     `[B, C, L]`, row-major
/// @param lengths2  `[B]`
/// @param batchSize B, the count of pairs
/// @param channels  C
/// @param length    L
public record PairedBatch(float[] view1, int[] lengths1, float[] view2, int[] lengths2, int batchSize, int channels,
    int length) {
  /// Kernels read as many samples as a length says, without a look at where the series ends; here, where batches begin, is the place to look.
  ///
  /// @throws IllegalArgumentException if a length is negative or above L
  public PairedBatch {
    requireWithin(lengths1, length);
    requireWithin(lengths2, length);
  }

  private static void requireWithin(int[] lengths, int length) {
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] < 0 || lengths[b] > length) {
        throw new IllegalArgumentException("batch: the length of view " + b + " is " + lengths[b] + ", of views with room for "
            + length + " samples; give 0 to " + length);
      }
    }
  }

  /// Some of the pairs as a batch of their own.
  ///
  /// @param from  first of them, from 0
  /// @param count how many
  public PairedBatch part(int from, int count) {
    Objects.checkFromIndexSize(from, count, batchSize);
    int values = channels * length;
    return new PairedBatch(Arrays.copyOfRange(view1, from * values, (from + count) * values),
        Arrays.copyOfRange(lengths1, from, from + count), Arrays.copyOfRange(view2, from * values, (from + count) * values),
        Arrays.copyOfRange(lengths2, from, from + count), count, channels, length);
  }
}
