package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.PoolingKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Statistics over the valid samples of a series, a vector of channels at a time. Where there are fewer channels than lanes, the
/// plain loops take over.
///
/// Here and in other families a kernel that runs in every step keeps an object for its call, whose fields are set before it is handed to the workers: a lambda would be
/// an allocation for each call. An engine is used by one thread at a time, so there is one call at a time.
final class SimdPooling implements PoolingKernels {
  private final Workers workers;
  private final PoolingKernels plain;
  private final Scratch scratch = new Scratch("pooling over time", 1);
  private final MeanCall mean = new MeanCall();
  private final MeanBackwardCall meanBackward = new MeanBackwardCall();

  /// @param plain for what is narrower than a vector, or only copied
  SimdPooling(Workers workers, PoolingKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  private static final class MeanCall implements Workers.Range {
    private int length;
    private int channels;
    private HeapStorage x;
    private HeapStorage lengths;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
      for (int b = from; b < to; b++) {
        mean(ValidSamples.of(lengths, b, 1, length), channels, x.array(), x.offset() + b * length * channels, y.array(),
            y.offset() + b * channels);
      }
    }
  }

  @Override
  public void meanOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y) {
    if (channels < LANES) {
      plain.meanOverTime(batch, length, channels, x, lengths, y);
      return;
    }
    mean.length = length;
    mean.channels = channels;
    mean.x = HeapStorage.of(x);
    mean.lengths = HeapStorage.of(lengths);
    mean.y = HeapStorage.of(y);
    workers.runRanges(batch, Grain.rows(length * channels), mean);
  }

  private static void mean(int rows, int channels, float[] x, int x0, float[] mean, int mean0) {
    ChannelSums.sum(rows, channels, x, x0, mean, mean0);
    ArrayLoops.scale(channels, 1f / rows, mean, mean0, mean, mean0);
  }

  private static final class MeanBackwardCall implements Workers.Range {
    private int length;
    private int channels;
    private HeapStorage lengths;
    private HeapStorage dY;
    private HeapStorage dX;

    @Override
    public void run(int from, int to) {
      for (int b = from; b < to; b++) {
        int n = ValidSamples.of(lengths, b, 1, length);
        int first = dX.offset() + b * length * channels;
        ArrayLoops.scale(channels, 1f / n, dY.array(), dY.offset() + b * channels, dX.array(), first);
        for (int t = 1; t < n; t++) System.arraycopy(dX.array(), first, dX.array(), first + t * channels, channels);
        ValidSamples.clear(n, length, channels, dX.array(), first);
      }
    }
  }

  @Override
  public void meanOverTimeBackward(int batch, int length, int channels, Storage lengths, Storage dY, Storage dX) {
    meanBackward.length = length;
    meanBackward.channels = channels;
    meanBackward.lengths = HeapStorage.of(lengths);
    meanBackward.dY = HeapStorage.of(dY);
    meanBackward.dX = HeapStorage.of(dX);
    workers.runRanges(batch, Grain.rows(length * channels), meanBackward);
  }

  @Override
  public void maxOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y, Storage position) {
    if (channels < LANES) {
      plain.maxOverTime(batch, length, channels, x, lengths, y, position);
      return;
    }
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage valid = HeapStorage.of(lengths);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage positions = HeapStorage.of(position);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        maximum(ValidSamples.of(valid, b, 1, length), channels, xs.array(), xs.offset() + b * length * channels, ys.array(),
            ys.offset() + b * channels, positions.array(), positions.offset() + b * channels);
      }
    });
  }

  /// The maximum of each channel and the first row that has it; at least one row. The last vector of channels overlaps the one
  /// before it.
  private static void maximum(int rows, int channels, float[] x, int x0, float[] maximum, int maximum0, float[] position,
      int position0) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector best = FloatVector.fromArray(FLOATS, x, x0 + column);
      FloatVector where = zero;
      FloatVector zeros = best.mul(0); // as long as all numbers are finite
      for (int row = 1; row < rows; row++) {
        FloatVector v = FloatVector.fromArray(FLOATS, x, x0 + row * channels + column);
        VectorMask<Float> better = v.compare(VectorOperators.GT, best);
        best = best.blend(v, better);
        where = where.blend(row, better);
        zeros = v.fma(zero, zeros);
      }
      best.intoArray(maximum, maximum0 + column);
      where.intoArray(position, position0 + column);
      if (zeros.compare(VectorOperators.NE, 0).anyTrue()) {
        firstNaN(rows, channels, x, x0 + column, maximum, maximum0 + column, position, position0 + column);
      }
    }
  }

  /// NaN in the place of the maximum of a channel, of a vector of them, that has one: no comparison finds it.
  private static void firstNaN(int rows, int channels, float[] x, int x0, float[] maximum, int maximum0, float[] position,
      int position0) {
    for (int c = 0; c < LANES; c++) {
      int row = 0;
      while (row < rows && !Float.isNaN(x[x0 + row * channels + c])) row++;
      if (row == rows) continue;
      maximum[maximum0 + c] = Float.NaN;
      position[position0 + c] = row;
    }
  }

  @Override
  public void maxOverTimeBackward(int batch, int length, int channels, Storage position, Storage dY, Storage dX) {
    plain.maxOverTimeBackward(batch, length, channels, position, dY, dX);
  }

  @Override
  public void statisticsOverTime(int batch, int length, int channels, float epsilon, Storage x, Storage lengths, Storage y,
      Storage position) {
    if (channels < LANES) {
      plain.statisticsOverTime(batch, length, channels, epsilon, x, lengths, y, position);
      return;
    }
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage valid = HeapStorage.of(lengths);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage positions = HeapStorage.of(position);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = ValidSamples.of(valid, b, 1, length);
        int x0 = xs.offset() + b * length * channels;
        int mean = ys.offset() + 4 * b * channels; // rows of y: mean, maximum, deviation, share of positive values
        int deviation = mean + 2 * channels;
        float[] statistics = ys.array();
        mean(n, channels, xs.array(), x0, statistics, mean);
        maximum(n, channels, xs.array(), x0, statistics, mean + channels, positions.array(), positions.offset() + b * channels);
        ChannelSums.squares(n, channels, xs.array(), x0, statistics, mean, statistics, deviation);
        for (int c = deviation; c < deviation + channels; c++)
          statistics[c] = (float) Math.sqrt((double) statistics[c] / n + epsilon);
        positiveShare(n, channels, xs.array(), x0, statistics, mean + 3 * channels);
      }
    });
  }

  /// The share of positive values in each channel; the last vector overlaps as above.
  private static void positiveShare(int rows, int channels, float[] x, int x0, float[] share, int share0) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector count = zero;
      for (int row = 0; row < rows; row++) {
        FloatVector v = FloatVector.fromArray(FLOATS, x, x0 + row * channels + column);
        count = count.add(zero.blend(one, v.compare(VectorOperators.GT, 0)));
      }
      count.div(rows).intoArray(share, share0 + column);
    }
  }

  @Override
  public void statisticsOverTimeBackward(int batch, int length, int channels, Storage x, Storage lengths, Storage y,
      Storage position, Storage dY, Storage dX) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage valid = HeapStorage.of(lengths);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage positions = HeapStorage.of(position);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dXs = HeapStorage.of(dX);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      float[] k = scratch.floats(0, 3L * channels); // mean, slope, dMean/n, as ChannelRows.normalize takes them
      for (int b = from; b < to; b++) {
        int n = ValidSamples.of(valid, b, 1, length);
        int first = b * length * channels;
        int y0 = ys.offset() + 4 * b * channels;
        int dY0 = dYs.offset() + 4 * b * channels;
        for (int c = 0; c < channels; c++) {
          k[c] = ys.array()[y0 + c];
          k[channels + c] = dYs.array()[dY0 + 2 * channels + c] / (n * ys.array()[y0 + 2 * channels + c]);
          k[2 * channels + c] = dYs.array()[dY0 + c] / n;
        }
        int dX0 = dXs.offset() + first;
        ChannelRows.normalize(n, channels, k, ChannelRows.floor(false), xs.array(), xs.offset() + first, dXs.array(), dX0);
        for (int c = 0; c < channels; c++) {
          int best = (int) positions.array()[positions.offset() + b * channels + c];
          dXs.array()[dX0 + best * channels + c] += dYs.array()[dY0 + channels + c];
        }
        ValidSamples.clear(n, length, channels, dXs.array(), dX0);
      }
    });
  }
}
