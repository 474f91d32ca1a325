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
    Operand left = transposeA ? Operand.rows(a, k, m).transposed() : Operand.rows(a, m, k);
    Operand right = transposeB ? Operand.rows(b, n, k).transposed() : Operand.rows(b, k, n);
    multiply(batch, m, n, k, left, right, Operand.rows(c, m, n), false);
  }

  /// C = A·B for each matrix of a batch, wherever their elements stand.
  ///
  /// @param add whether the product is added to what C holds
  void multiply(int batch, int m, int n, int k, Operand a, Operand b, Operand c, boolean add) {
    if (batch == 0 || m == 0 || n == 0) return;
    Tuning tuning = queue.tuning(Family.MATMUL);
    int panels = ceilDiv(n, tuning.tileColumns());
    int panelSize = k * tuning.tileColumns();
    try (Storage packed = memory.allocate(Math.multiplyExact(batch * panels, panelSize))) { // [batch, panels, K, columns of a tile]
      queue.launch(Family.MATMUL, "packPanels").with(n).with(k).with(b.place()).with(b.storage()).with(packed)
          .overGrid((long) panels * tuning.tileColumns(), k, batch);
      queue.launch(Family.MATMUL, "matmul").with(m).with(n).with(k).with(add).with(a.place()).with(a.storage()).with(packed)
          .with(c.place()).with(c.storage()).overTiles(ceilDiv(m, tuning.tileRows()), panels, batch);
    }
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
