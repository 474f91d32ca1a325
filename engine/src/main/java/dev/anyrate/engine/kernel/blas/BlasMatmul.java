package dev.anyrate.engine.kernel.blas;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import org.jblas.NativeBlas;

/// Matrix products by jblas from a certain size on, below it by the family that it was given.
///
/// BLAS stores matrices by columns, we by rows, so it sees every matrix transposed. It is therefore asked for
/// `Cᵀ = op(B)ᵀ·op(A)ᵀ`: the operands exchanged, nothing copied or transposed.
final class BlasMatmul implements MatmulKernels {
  /// Multiplications from which on jblas is used. At 4³ it took 0.3 µs and the scalar loops 0.14, at 10³ 0.6 and 1.3, at 128³ 120
  /// and 1,700 (JDK 25, one core of a Zen 4): calling it and copying its arrays costs as much as some hundred multiplications.
  static final long SMALLEST_PRODUCT = 10 * 10 * 10;

  /// jblas keeps state in static variables of its native code, so no two engines may be in it at once.
  static final Object NATIVE_CODE = new Object();

  private final MatmulKernels small;

  /// @param small makes the products that are too small for jblas
  BlasMatmul(MatmulKernels small) {
    this.small = small;
  }

  @Override
  public void matmul(int batch, boolean transposeA, boolean transposeB, int m, int n, int k, Storage a, Storage b, Storage c) {
    if ((long) m * n * k < SMALLEST_PRODUCT) {
      small.matmul(batch, transposeA, transposeB, m, n, k, a, b, c);
      return;
    }
    HeapStorage as = HeapStorage.of(a);
    HeapStorage bs = HeapStorage.of(b);
    HeapStorage cs = HeapStorage.of(c);
    if (batch == 1 && fills(as) && fills(bs) && fills(cs)) {
      product(transposeA, transposeB, m, n, k, as.array(), as.offset(), bs.array(), bs.offset(), cs.array(), cs.offset());
      return;
    }
    // jblas copies every array it is given as a whole, in and out again, so the matrices go through arrays of their own size. Two of 16² in a buffer of 64 MiB, as a
    // backward pass has one for all its numbers, took 97 ms, and take 1.1 µs so.
    float[] oneA = new float[m * k];
    float[] oneB = new float[k * n];
    float[] oneC = new float[m * n];
    for (int i = 0; i < batch; i++) {
      System.arraycopy(as.array(), as.offset() + i * oneA.length, oneA, 0, oneA.length);
      System.arraycopy(bs.array(), bs.offset() + i * oneB.length, oneB, 0, oneB.length);
      product(transposeA, transposeB, m, n, k, oneA, 0, oneB, 0, oneC, 0);
      System.arraycopy(oneC, 0, cs.array(), cs.offset() + i * oneC.length, oneC.length);
    }
  }

  /// Whether a storage has its array to itself, but for what a pool rounds up.
  private static boolean fills(HeapStorage storage) {
    return storage.array().length <= HeapMemory.sizeClass(storage.size());
  }

  /// C = op(A)·op(B) of row-major matrices by jblas, whatever their size (but not 0).
  static void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset) {
    int aColumns = transposeA ? m : k; // as stored
    int bColumns = transposeB ? k : n;
    synchronized (NATIVE_CODE) {
      NativeBlas.sgemm(transposeB ? 'T' : 'N', transposeA ? 'T' : 'N', n, m, k, 1, b, bOffset, bColumns, a, aOffset, aColumns, 0,
          c, cOffset, n);
    }
  }
}
