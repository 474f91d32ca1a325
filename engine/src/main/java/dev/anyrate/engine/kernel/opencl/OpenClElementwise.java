package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Storage;

/// Element by element: `elementwise.cl`.
final class OpenClElementwise implements ElementwiseKernels {
  /// Elements: in shorter rows, too many work-items of a group would have none.
  private static final int SHORTEST_ROW = 32;

  private final CommandQueue queue;

  OpenClElementwise(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void binary(BinaryFunction function, int[] dims, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y) {
    int size = DeviceAxes.size(dims);
    if (size == 0) return;
    int[][] axes = DeviceAxes.of(dims, aStrides, bStrides, DeviceAxes.rowMajor(dims));
    int width = DeviceAxes.lastDim(axes[0]);
    if (width == size || DeviceAxes.rank(axes[0]) == 2 && width >= SHORTEST_ROW) {
      queue.launch(Family.ELEMENTWISE, "binaryRows_" + function).with(width).with(DeviceAxes.rowStride(axes[0]))
          .with(DeviceAxes.lastStride(axes[0])).with(DeviceAxes.rowStride(axes[1])).with(DeviceAxes.lastStride(axes[1])).with(a)
          .with(b).with(y).overGrid(width, size / width, 1);
    } else {
      queue.launch(Family.ELEMENTWISE, "binary").with(function.ordinal()).with(size).with(axes[0]).with(axes[1]).with(a).with(b)
          .with(y).overItems(size);
    }
  }

  @Override
  public void unary(UnaryFunction function, int size, Storage x, Storage y) {
    queue.launch(Family.ELEMENTWISE, "unary_" + function).with(size).with(x).with(y).overItems(size);
  }

  @Override
  public void unaryBackward(UnaryFunction function, int size, Storage x, Storage y, Storage dY, Storage dX) {
    queue.launch(Family.ELEMENTWISE, "unaryBackward_" + function).with(size).with(x).with(y).with(dY).with(dX)
        .overItems(size);
  }

  @Override
  public void scale(int size, float factor, Storage x, Storage y) {
    queue.launch(Family.ELEMENTWISE, "scale").with(size).with(factor).with(x).with(y).overItems(size);
  }

  @Override
  public void addScaled(int size, float factor, Storage x, Storage y) {
    queue.launch(Family.ELEMENTWISE, "addScaled").with(size).with(factor).with(x).with(y).overItems(size);
  }
}
