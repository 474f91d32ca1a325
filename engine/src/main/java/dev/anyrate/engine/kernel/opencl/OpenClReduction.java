package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.ReductionKernels;
import dev.anyrate.engine.memory.Storage;

/// Sums over axes and their transpose: `reduction.cl`. A sum is taken in chunks of a fixed count of terms, and the chunks' sums are added by one group.
final class OpenClReduction implements ReductionKernels {
  /// Terms that one work-item adds one after the other.
  private static final int TERMS = 64;

  /// Terms that one group adds.
  private static final int TERMS_OF_GROUP = 4096;

  private final CommandQueue queue;
  private final DeviceMemory memory;

  OpenClReduction(CommandQueue queue, DeviceMemory memory) {
    this.queue = queue;
    this.memory = memory;
  }

  @Override
  public void sum(int[] dims, boolean[] reduced, float factor, Storage x, Storage y) {
    int[] strides = DeviceAxes.rowMajor(dims);
    int[] keptDims = DeviceAxes.choose(dims, reduced, false);
    int[] reducedDims = DeviceAxes.choose(dims, reduced, true);
    int[] kept = DeviceAxes.of(keptDims, DeviceAxes.choose(strides, reduced, false));
    int[] gone = DeviceAxes.of(reducedDims, DeviceAxes.choose(strides, reduced, true));
    int results = DeviceAxes.size(keptDims);
    int terms = DeviceAxes.size(reducedDims);
    boolean alongMemory = dims.length > 0 && reduced[dims.length - 1];
    int chunk = alongMemory ? TERMS_OF_GROUP : TERMS;
    int chunks = Math.max(1, Math.ceilDiv(terms, chunk));
    try (Storage partial = memory.temporary(results, chunks)) {
      String kernel = alongMemory ? "sumAlongMemory" : "sumAcrossMemory";
      Launch launch = queue.launch(Family.REDUCTION, kernel).with(results).with(terms).with(chunks).with(chunk).with(kept)
          .with(gone).with(x).with(partial);
      if (alongMemory) {
        launch.overGroups((long) results * chunks);
      } else {
        launch.overGrid(results, chunks, 1);
      }
      queue.launch(Family.REDUCTION, "sumOfChunks").with(chunks).with(factor).with(partial).with(y).overGroups(results);
    }
  }

  @Override
  public void repeat(int[] dims, boolean[] reduced, float factor, Storage y, Storage x) {
    int[] yStrides = DeviceAxes.rowMajor(DeviceAxes.choose(dims, reduced, false));
    int[] strides = new int[dims.length]; // of y, seen with the axes of x
    int kept = 0;
    for (int axis = 0; axis < dims.length; axis++) strides[axis] = reduced[axis] ? 0 : yStrides[kept++];
    int size = DeviceAxes.size(dims);
    queue.launch(Family.REDUCTION, "repeat").with(size).with(DeviceAxes.of(dims, strides)).with(factor).with(y).with(x)
        .overItems(size);
  }

  @Override
  public void sumOfSquares(int size, Storage x, Storage result) {
    int chunks = Math.max(1, Math.ceilDiv(size, TERMS_OF_GROUP));
    try (Storage partial = memory.temporary(chunks)) {
      queue.launch(Family.REDUCTION, "sumOfSquares").with(size).with(TERMS_OF_GROUP).with(x).with(partial).overGroups(chunks);
      queue.launch(Family.REDUCTION, "sumOfChunks").with(chunks).with(1f).with(partial).with(result).overGroups(1);
    }
  }
}
