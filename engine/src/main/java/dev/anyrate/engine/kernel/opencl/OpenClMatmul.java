package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.memory.Storage;

/// Matrix products by tiles: `matmul.cl`. The right operand is packed in panels first, which takes care of its transposition and of the tail of its columns.
final class OpenClMatmul implements MatmulKernels {
  private final CommandQueue queue;
  private final DeviceMemory memory;

  OpenClMatmul(CommandQueue queue, DeviceMemory memory) {
    this.queue = queue;
    this.memory = memory;
  }

  @Override
  public void matmul(int batch, boolean transposeA, boolean transposeB, int m, int n, int k, Storage a, Storage b, Storage c) {
    if (batch == 0 || m == 0 || n == 0) return;
    // A transposed matrix is the same memory with the strides of its two axes exchanged.
    int aRow = transposeA ? 1 : k;
    int aColumn = transposeA ? m : 1;
    int bRow = transposeB ? 1 : n;
    int bColumn = transposeB ? k : 1;
    Tuning tuning = queue.tuning(Family.MATMUL);
    int panels = ceilDiv(n, tuning.tileColumns());
    int panelSize = k * tuning.tileColumns();
    try (Storage packed = memory.allocate(Math.multiplyExact(batch * panels, panelSize))) { // [batch, panels, K, columns of a tile]
      queue.launch(Family.MATMUL, "packPanels").with(n).with(k).with(bRow).with(bColumn).with(b).with(packed)
          .overGrid((long) panels * tuning.tileColumns(), k, batch);
      queue.launch(Family.MATMUL, "matmul").with(m).with(n).with(k).with(aRow).with(aColumn).with(a).with(packed).with(c)
          .overTiles(ceilDiv(m, tuning.tileRows()), panels, batch);
    }
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
