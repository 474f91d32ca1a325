package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.memory.Storage;

/// Matrix products by tiles: `matmul.cl`. The right operand is packed in panels first, which takes care of its transposition and of the tail of its columns. Where
/// it has neither and is not used often, it is read where it lies.
final class OpenClMatmul implements MatmulKernels {
  /// Rows of C for which packing does not pay.
  private static final int MOST_ROWS_UNPACKED = 512;

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
    int columns = queue.tuning(Family.MATMUL).tileColumns();
    if (m <= MOST_ROWS_UNPACKED && b.column() == 1 && n % columns == 0) {
      multiplyPanels(batch, m, n, k, a, b, columns, c, add);
      return;
    }
    int panels = Math.ceilDiv(n, columns);
    try (Storage packed = memory.temporary(batch, panels, k, columns)) {
      queue.launch(Family.MATMUL, "packPanels").with(n).with(k).with(b.place()).with(b.storage()).with(packed)
          .overGrid((long) panels * columns, k, batch);
      multiplyPanels(batch, m, n, k, a, Operand.rows(packed, panels * k, columns), k * columns, c, add);
    }
  }

  /// @param panelStep from one panel of b to the next
  private void multiplyPanels(int batch, int m, int n, int k, Operand a, Operand b, int panelStep, Operand c, boolean add) {
    Tuning tuning = queue.tuning(Family.MATMUL);
    queue.launch(Family.MATMUL, "matmul").with(m).with(n).with(k).with(add).with(a.place()).with(a.storage()).with(b.place())
        .with(panelStep).with(b.storage()).with(c.place()).with(c.storage())
        .overTiles(Math.ceilDiv(m, tuning.tileRows()), Math.ceilDiv(n, tuning.tileColumns()), batch);
  }
}
