package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Copies in another order, run by run instead of element by element. No vectors here: the library's array copy has them.
final class SimdLayout implements LayoutKernels {
  private final Workers workers;
  private final LayoutKernels plain;
  private final PermuteCall permute = new PermuteCall();

  /// @param plain for blocks of columns, which it copies row by row
  SimdLayout(Workers workers, LayoutKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  private static final class PermuteCall implements Workers.Range {
    private final StridedView view = new StridedView();
    private int[] dims = new int[0]; // of y
    private int[] strides = dims; // likewise, in x
    private HeapStorage x;
    private HeapStorage y;

    void set(int[] xDims, int[] order, HeapStorage newX, HeapStorage newY) {
      x = newX;
      y = newY;
      if (dims.length != order.length) {
        dims = new int[order.length];
        strides = new int[order.length];
      }
      for (int axis = 0; axis < order.length; axis++) {
        dims[axis] = xDims[order[axis]];
        strides[axis] = 1;
        for (int behind = order[axis] + 1; behind < xDims.length; behind++) strides[axis] *= xDims[behind];
      }
      view.set(dims, strides);
    }

    @Override
    public void run(int from, int to) {
      view.copy(from, to - from, x.array(), x.offset(), y.array(), y.offset() + from);
    }
  }

  @Override
  public void permute(int[] dims, int[] order, Storage x, Storage y) {
    permute.set(dims, order, HeapStorage.of(x), HeapStorage.of(y));
    workers.runRanges(y.size(), Grain.FLOATS, permute);
  }

  @Override
  public void copyColumns(int rows, int width, Storage x, int xColumns, int xColumn, Storage y, int yColumns, int yColumn) {
    plain.copyColumns(rows, width, x, xColumns, xColumn, y, yColumns, yColumn);
  }
}
