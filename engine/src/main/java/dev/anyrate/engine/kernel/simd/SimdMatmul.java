package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Matrix products: [GemmProduct], but for those that are too small or too narrow for its panels.
///
/// One product is cut into parts for the threads; of a batch of products, each part takes whole ones.
final class SimdMatmul implements MatmulKernels {
  /// With so few rows or columns, and both operands contiguous along the depth, dot products need no panels.
  private static final int FEW_DOTS = 4;

  /// Multiplications of a product that the plain loops finish before the panels are packed.
  private static final int SMALL = 256;

  /// Multiplications in one part of a batch of small products.
  private static final int PART = 1 << 18;

  private static final Workers CALLER = new Workers(1);

  private final Workers workers;
  private final MatmulKernels plain;
  private final Scratch scratch = new Scratch("matmul", 1);
  private final GemmProduct whole = new GemmProduct();
  private final ThreadLocal<GemmProduct> ofBatch = ThreadLocal.withInitial(GemmProduct::new);
  private final Workers.Part someOfBatch = this::someOfBatch;

  private int batch;
  private int perPart;
  private boolean transposeA;
  private boolean transposeB;
  private int m;
  private int n;
  private int k;
  private HeapStorage a;
  private HeapStorage b;
  private HeapStorage c;

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
    this.batch = batch;
    this.perPart = (int) Math.max(1, PART / multiplications);
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = HeapStorage.of(a);
    this.b = HeapStorage.of(b);
    this.c = HeapStorage.of(c);
    if (batch == 1) product(0, whole, workers);
    else
      workers.run(Math.ceilDiv(batch, perPart), someOfBatch);
  }

  private void someOfBatch(int part) {
    GemmProduct product = ofBatch.get();
    for (int i = part * perPart; i < Math.min(batch, (part + 1) * perPart); i++) product(i, product, CALLER);
  }

  private void product(int index, GemmProduct product, Workers parts) {
    if (Math.min(m, n) <= FEW_DOTS && (!transposeA || m == 1) && (transposeB || n == 1)) {
      dots(index);
      return;
    }
    product.sizes(m, n, k).left(a.array(), a.offset() + index * m * k, transposeA ? 1 : k, transposeA ? m : 1)
        .right(b.array(), b.offset() + index * k * n, transposeB ? 1 : n, transposeB ? k : 1)
        .result(c.array(), c.offset() + index * m * n).run(parts);
  }

  private void dots(int index) {
    float[] lanes = scratch.floats(0, LANES);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c.array()[c.offset() + (index * m + i) * n + j] = RowLoops.dot(k, a.array(), a.offset() + (index * m + i) * k, b.array(),
            b.offset() + (index * n + j) * k, lanes);
      }
    }
  }
}
