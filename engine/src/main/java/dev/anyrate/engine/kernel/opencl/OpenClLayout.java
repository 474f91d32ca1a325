package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.LayoutKernels;
import dev.anyrate.engine.memory.Storage;

/// Copies that change where elements stand: `layout.cl`.
final class OpenClLayout implements LayoutKernels {
  private final CommandQueue queue;

  OpenClLayout(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void permute(int[] dims, int[] order, Storage x, Storage y) {
    int[] xStrides = DeviceAxes.rowMajor(dims);
    int[] yDims = new int[order.length];
    int[] strides = new int[order.length]; // of the axes of y, in x
    for (int i = 0; i < order.length; i++) {
      yDims[i] = dims[order[i]];
      strides[i] = xStrides[order[i]];
    }
    int size = DeviceAxes.size(dims);
    queue.launch(Family.LAYOUT, "permute").with(size).with(DeviceAxes.of(yDims, strides)).with(x).with(y).overItems(size);
  }

  @Override
  public void copyColumns(int rows, int width, Storage x, int xColumns, int xColumn, Storage y, int yColumns, int yColumn) {
    queue.launch(Family.LAYOUT, "copyColumns").with(width).with(x).with(xColumns).with(xColumn).with(y).with(yColumns)
        .with(yColumn).overGrid(width, rows, 1);
  }
}
