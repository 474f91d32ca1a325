package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.PoolingKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Statistics over the valid samples of a series. Each series is a unit of work; sample t of channel c in series b is number
/// (b·L + t)·C + c.
public final class ScalarPooling implements PoolingKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarPooling(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void meanOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    workers.runRanges(batch, Grain.of((long) length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int t = 0; t < valid.count(b, 1, length); t++) sum += xs.at((b * length + t) * channels + c);
          ys.set(b * channels + c, sum / valid.count(b, 1, length));
        }
      }
    });
  }

  @Override
  public void meanOverTimeBackward(int batch, int length, int channels, Storage lengths, Storage dY, Storage dX) {
    var valid = Floats.of(lengths);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(batch, Grain.of((long) length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = valid.count(b, 1, length);
        for (int t = 0; t < n; t++) {
          for (int c = 0; c < channels; c++) dXs.set((b * length + t) * channels + c, dYs.at(b * channels + c) / n);
        }
        dXs.clear((b * length + n) * channels, (b + 1) * length * channels);
      }
    });
  }

  @Override
  public void maxOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y, Storage position) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    var positions = Floats.of(position);
    workers.runRanges(batch, Grain.of((long) length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int c = 0; c < channels; c++) {
          int best = positionOfMaximum(xs, b * length * channels + c, channels, valid.count(b, 1, length));
          ys.set(b * channels + c, xs.at((b * length + best) * channels + c));
          positions.set(b * channels + c, best);
        }
      }
    });
  }

  @Override
  public void maxOverTimeBackward(int batch, int length, int channels, Storage position, Storage dY, Storage dX) {
    var positions = Floats.of(position);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(batch, Grain.of((long) length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        dXs.clear(b * length * channels, (b + 1) * length * channels);
        for (int c = 0; c < channels; c++) {
          int best = positions.whole(b * channels + c);
          dXs.set((b * length + best) * channels + c, dYs.at(b * channels + c));
        }
      }
    });
  }

  @Override
  public void statisticsOverTime(int batch, int length, int channels, float epsilon, Storage x, Storage lengths, Storage y,
      Storage position) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    var positions = Floats.of(position);
    workers.runRanges(batch, Grain.of(5L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = valid.count(b, 1, length);
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          int positive = 0;
          for (int t = 0; t < n; t++) {
            double value = xs.at((b * length + t) * channels + c);
            sum += value;
            if (value > 0) positive++;
          }
          double mean = sum / n;
          double squares = 0;
          for (int t = 0; t < n; t++) {
            double distance = xs.at((b * length + t) * channels + c) - mean;
            squares += distance * distance;
          }
          int best = positionOfMaximum(xs, b * length * channels + c, channels, n);
          int row = b * 4 * channels + c; // rows of y: mean, maximum, deviation, share of positive values
          ys.set(row, mean);
          ys.set(row + channels, xs.at((b * length + best) * channels + c));
          ys.set(row + 2 * channels, Math.sqrt(squares / n + epsilon));
          ys.set(row + 3 * channels, (double) positive / n);
          positions.set(b * channels + c, best);
        }
      }
    });
  }

  @Override
  public void statisticsOverTimeBackward(int batch, int length, int channels, Storage x, Storage lengths, Storage y,
      Storage position, Storage dY, Storage dX) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    var positions = Floats.of(position);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(batch, Grain.of(10L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = valid.count(b, 1, length);
        for (int t = 0; t < n; t++) {
          for (int c = 0; c < channels; c++) {
            int i = (b * length + t) * channels + c;
            int row = b * 4 * channels + c;
            double mean = ys.at(row);
            double deviation = ys.at(row + 2 * channels);
            double dMean = dYs.at(row);
            double dMaximum = t == positions.whole(b * channels + c) ? dYs.at(row + channels) : 0;
            double dDeviation = dYs.at(row + 2 * channels);
            dXs.set(i, dMean / n + dMaximum + dDeviation * (xs.at(i) - mean) / (n * deviation));
          }
        }
        dXs.clear((b * length + n) * channels, (b + 1) * length * channels);
      }
    });
  }

  /// The first t < n that has the largest of the numbers x[start + t·stride], or the first NaN.
  private static int positionOfMaximum(Floats xs, int start, int stride, int n) {
    int best = 0;
    for (int t = 1; t < n; t++) {
      if (isAbove(xs.at(start + t * stride), xs.at(start + best * stride))) best = t;
    }
    return best;
  }

  /// Whether a number is larger than another; NaN is than every number.
  private static boolean isAbove(double a, double b) {
    return !(a <= b) && !Double.isNaN(b);
  }
}
