package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Copies in another order, run by run instead of element by element. No vectors here: the library's array copy has them.
final class SimdLayout implements LayoutKernels {
  private final Workers workers;
  private final LayoutKernels plain;

  /// @param plain for blocks of columns, which it copies row by row
  SimdLayout(Workers workers, LayoutKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  @Override
  public void permute(int[] dims, int[] order, Storage x, Storage y) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    int[] resultDims = new int[dims.length];
    int[] resultStrides = new int[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      resultDims[axis] = dims[order[axis]];
      resultStrides[axis] = strides[order[axis]];
    }
    StridedView view = StridedView.of(resultDims, resultStrides);
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(ys.size(), Grain.FLOATS,
        (from, to) -> view.copy(from, to - from, xs.array(), xs.offset(), ys.array(), ys.offset() + from));
  }

  @Override
  public void copyColumns(int rows, int width, Storage x, int xColumns, int xColumn, Storage y, int yColumns, int yColumn) {
    plain.copyColumns(rows, width, x, xColumns, xColumn, y, yColumns, yColumn);
  }
}
