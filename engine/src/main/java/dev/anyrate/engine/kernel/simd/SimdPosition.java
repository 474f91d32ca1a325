package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.PositionFrequency;
import dev.anyrate.engine.kernel.PositionKernels;
import dev.anyrate.engine.kernel.ValidLength;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Positions by turning: from one row to the next every channel's angle grows by the same step, so two sines a channel and series, and then
/// four multiplications a row, take the place of a sine for each element. In double, where a thousand turns cost 1e-13.
final class SimdPosition implements PositionKernels {
  private static final int POSITION = 0;

  private final Workers workers;
  private final PositionKernels plain;
  private final Scratch scratch = new Scratch("relative position", 1);
  private final ThreadLocal<double[]> turning = ThreadLocal.withInitial(() -> new double[0]);

  /// @param plain for what is not worth a vector
  SimdPosition(Workers workers, PositionKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  @Override
  public void windowCounts(int batch, int window, int stride, int padding, Storage lengths, Storage counts) {
    plain.windowCounts(batch, window, stride, padding, lengths, counts);
  }

  @Override
  public void addRelativePositions(int batch, int length, int channels, int stride, Storage x, Storage lengths, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage valid = HeapStorage.of(lengths);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      float[] positions = scratch.floats(POSITION, length * channels);
      int present = -1; // valid samples that `positions` belongs to
      for (int b = from; b < to; b++) {
        int samples = ValidLength.ofSamples(valid.array()[valid.offset() + b], b);
        if (samples != present) write(length, channels, (double) stride / samples, positions);
        present = samples;
        int first = b * length * channels;
        ArrayLoops.add(length * channels, xs.array(), xs.offset() + first, positions, 0, ys.array(), ys.offset() + first);
      }
    });
  }

  /// @param step from one row to the next, as a share of the series
  private void write(int length, int channels, double step, float[] positions) {
    double[] state = turning.get(); // of each pair: sine and cosine of the angle, then of its step
    if (state.length < 2 * channels + 2) turning.set(state = new double[2 * channels + 2]);
    for (int c = 0; c < channels; c += 2) {
      double turn = 2 * Math.PI * PositionFrequency.of(c, channels) * step;
      state[2 * c] = Math.sin(turn / 2);
      state[2 * c + 1] = Math.cos(turn / 2);
      state[2 * c + 2] = Math.sin(turn);
      state[2 * c + 3] = Math.cos(turn);
    }
    for (int t = 0; t < length; t++) {
      for (int c = 0; c < channels; c += 2) {
        double sine = state[2 * c];
        double cosine = state[2 * c + 1];
        positions[t * channels + c] = (float) sine;
        if (c + 1 < channels) positions[t * channels + c + 1] = (float) cosine;
        state[2 * c] = sine * state[2 * c + 3] + cosine * state[2 * c + 2];
        state[2 * c + 1] = cosine * state[2 * c + 3] - sine * state[2 * c + 2];
      }
    }
  }
}
