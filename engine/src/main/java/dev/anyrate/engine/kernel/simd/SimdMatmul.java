package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Matrix products in the manner of BLIS (Van Zee and van de Geijn 2015, <https://doi.org/10.1145/2764454>): B is packed block by
/// block into panels, each block of rows of A runs over all of them. A is read where it is: a tile takes any strides, and packing
/// A did not pay.
final class SimdMatmul implements MatmulKernels {
  /// Rows of C that one part of the work computes: whole tiles at any width, and with the panels of B they stay in the
  /// second-level cache.
  private static final int ROW_BLOCK = 48;

  /// Rows of B that are packed at a time.
  private static final int DEPTH_BLOCK = 512;

  /// Columns of B that are packed at a time, 2 MiB with the depth above.
  private static final int COLUMN_BLOCK = 1024;

  /// With so few rows, packing B would cost as much as the product.
  private static final int FEW_ROWS = 2 * ROWS;

  /// With so few rows or columns, and both operands contiguous along the depth, dot products need no panels.
  private static final int FEW_DOTS = 4;

  /// Multiplications of a product that the plain loops finish before the panels are packed.
  private static final int SMALL = 256;

  /// Multiplications in one part of a batch of small products.
  private static final int PART = 1 << 18;

  private static final int PANELS = 0;
  private static final int LANE_SUMS = 1;
  private static final Workers CALLER = new Workers(1);

  private final Workers workers;
  private final MatmulKernels plain;
  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(2);

  /// @param plain for products that are too small for panels
  SimdMatmul(Workers workers, MatmulKernels plain) {
    this.workers = workers;
    this.plain = plain;
  }

  @Override
  public void matmul(int batch, boolean transposeA, boolean transposeB, int m, int n, int k, Storage a, Storage b, Storage c) {
    long multiplications = (long) m * n * k;
    if (multiplications <= SMALL) {
      plain.matmul(batch, transposeA, transposeB, m, n, k, a, b, c);
      return;
    }
    HeapStorage left = HeapStorage.of(a);
    HeapStorage right = HeapStorage.of(b);
    HeapStorage result = HeapStorage.of(c);
    Rows rows = new Rows(left.array(), left.offset(), transposeA ? 1 : k, transposeA ? m : 1);
    Columns columns = new Columns(right.array(), right.offset(), transposeB ? 1 : n, transposeB ? k : 1);
    Result target = new Result(result.array(), result.offset(), n);
    if (batch == 1) {
      product(workers, m, n, k, rows, columns, target);
      return;
    }
    workers.runRanges(batch, (int) Math.max(1, PART / multiplications), (from, to) -> {
      for (int i = from; i < to; i++) {
        product(CALLER, m, n, k, new Rows(rows.array(), rows.offset() + i * m * k, rows.rowStride(), rows.depthStride()),
            columns.moved(i * k * n), new Result(target.array(), target.offset() + i * m * n, n));
      }
    });
  }

  /// B[p, j] is `array[offset + p·depthStride + j·columnStride]`.
  private record Columns(float[] array, int offset, int depthStride, int columnStride) {
    Columns moved(int floats) {
      return new Columns(array, offset + floats, depthStride, columnStride);
    }
  }

  private void product(Workers parts, int m, int n, int k, Rows a, Columns b, Result c) {
    if (Math.min(m, n) <= FEW_DOTS && a.depthStride() == 1 && b.depthStride == 1) {
      dots(m, n, k, a, b, c);
      return;
    }
    int first = 0;
    if (m <= FEW_ROWS && b.columnStride == 1) {
      first = n - n % COLUMNS;
      block.multiply(m, first, k, a, GemmPanels.plain(b.array, b.offset, b.depthStride), c, false);
    }
    for (int j = first; j < n; j += COLUMN_BLOCK) {
      for (int p = 0; p < k; p += DEPTH_BLOCK) {
        packedBlock(parts, m, Math.min(COLUMN_BLOCK, n - j), Math.min(DEPTH_BLOCK, k - p), a.from(0, p),
            b.moved(p * b.depthStride + j * b.columnStride), c.from(0, j), p > 0);
      }
    }
  }

  private void dots(int m, int n, int k, Rows a, Columns b, Result c) {
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c.array()[c.offset() + i * n + j] = RowLoops.dot(k, a.array(), a.offset() + i * a.rowStride(), b.array,
            b.offset + j * b.columnStride, lanes);
      }
    }
  }

  private void packedBlock(Workers parts, int m, int columns, int depth, Rows a, Columns b, Result c, boolean add) {
    GemmPanels panels = GemmPanels.packed(scratch.floats(PANELS, GemmPanels.size(depth, columns)), depth);
    parts.run(GemmPanels.count(columns),
        panel -> panels.packPanel(panel, depth, columns, b.array, b.offset, b.depthStride, b.columnStride));
    parts.runRanges(m, ROW_BLOCK,
        (from, to) -> block.multiply(to - from, columns, depth, a.from(from, 0), panels, c.from(from, 0), add));
  }
}
