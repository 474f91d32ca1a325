package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Copies that change where elements stand.
public final class ScalarLayout implements LayoutKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarLayout(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void permute(int[] dims, int[] order, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    Axes axes = Axes.rowMajor(dims).choose(order); // the axes of y, with the strides they have in x
    workers.runRanges(axes.size(), Grain.of(10), (from, to) -> {
      for (int i = from; i < to; i++) ys.set(i, xs.at(axes.offset(i)));
    });
  }

  @Override
  public void copyColumns(int rows, int width, Storage x, int xColumns, int xColumn, Storage y, int yColumns, int yColumn) {
    HeapStorage from = HeapStorage.of(x);
    HeapStorage to = HeapStorage.of(y);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from.array(), from.offset() + row * xColumns + xColumn, to.array(),
          to.offset() + row * yColumns + yColumn, width);
    }
  }
}
