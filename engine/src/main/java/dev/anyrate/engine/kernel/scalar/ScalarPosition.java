package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.PositionFrequency;
import dev.anyrate.engine.kernel.PositionKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Positions, one angle at a time.
public final class ScalarPosition implements PositionKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarPosition(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void windowCounts(int batch, int window, int stride, int padding, Storage lengths, Storage counts) {
    var valid = Floats.of(lengths);
    var windows = Floats.of(counts);
    for (int b = 0; b < batch; b++) {
      windows.set(b, Math.max(1, Math.floorDiv(valid.samples(b) + 2L * padding - window, stride) + 1));
    }
  }

  @Override
  public void addRelativePositions(int batch, int length, int channels, int stride, Storage x, Storage lengths, Storage y) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    workers.runRanges(batch, Grain.of(60L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int t = 0; t < length; t++) {
          double time = (t + 0.5) * stride / valid.samples(b);
          for (int c = 0; c < channels; c++) {
            double angle = 2 * Math.PI * PositionFrequency.of(c, channels) * time;
            int i = (b * length + t) * channels + c;
            ys.set(i, xs.at(i) + (c % 2 == 0 ? Math.sin(angle) : Math.cos(angle)));
          }
        }
      }
    });
  }
}
