package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.ReductionKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.stream.IntStream;

/// Sums over axes and their transpose. The axes of x are parted into those that are kept and those that are reduced; an element
/// of x stands at the sum of its offsets in both.
public final class ScalarReduction implements ReductionKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarReduction(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void sum(int[] dims, boolean[] reduced, float factor, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    Axes keptAxes = axes(dims, reduced, false);
    Axes reducedAxes = axes(dims, reduced, true);
    int terms = reducedAxes.size();
    workers.runRanges(keptAxes.size(), Grain.of(10L * terms), (from, to) -> {
      for (int i = from; i < to; i++) {
        int start = keptAxes.offset(i);
        double sum = 0;
        for (int j = 0; j < terms; j++) sum += xs.at(start + reducedAxes.offset(j));
        ys.set(i, factor * sum);
      }
    });
  }

  @Override
  public void repeat(int[] dims, boolean[] reduced, float factor, Storage y, Storage x) {
    var ys = Floats.of(y);
    var xs = Floats.of(x);
    Axes keptAxes = axes(dims, reduced, false);
    Axes reducedAxes = axes(dims, reduced, true);
    int copies = reducedAxes.size();
    workers.runRanges(keptAxes.size(), Grain.of(10L * copies), (from, to) -> {
      for (int i = from; i < to; i++) {
        int start = keptAxes.offset(i);
        for (int j = 0; j < copies; j++) xs.set(start + reducedAxes.offset(j), factor * ys.at(i));
      }
    });
  }

  @Override
  public void sumOfSquares(int size, Storage x, Storage result) {
    var xs = Floats.of(x);
    double sum = 0;
    for (int i = 0; i < size; i++) sum += xs.at(i) * xs.at(i);
    Floats.of(result).set(0, sum);
  }

  private static Axes axes(int[] dims, boolean[] reduced, boolean wanted) {
    return Axes.rowMajor(dims).choose(IntStream.range(0, dims.length).filter(axis -> reduced[axis] == wanted).toArray());
  }
}
