package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// C = op(A)·op(B).
public class MatmulBenchmark extends EngineBenchmark {
  /// Sizes and transposes. In the names N stands for a matrix as it is, T for a transposed one, A's letter first.
  public enum Product {
    SQUARE_1024_NN(1024, 1024, 1024, false, false), SQUARE_1024_NT(1024, 1024, 1024, false, true), SQUARE_1024_TN(1024, 1024,
        1024, true, false), SQUARE_1024_TT(1024, 1024, 1024, true, true), SQUARE_512(512, 512, 512, false, false), SQUARE_207(207,
            207, 207, false, false), SQUARE_64(64, 64, 64, false, false), ROWS_256_DEPTH_64_COLUMNS_128(256, 128, 64, false,
                false), ROWS_7_DEPTH_33_COLUMNS_129(7, 129, 33, false, false);

    private final int m;
    private final int n;
    private final int k;
    private final boolean transposeA;
    private final boolean transposeB;

    Product(int m, int n, int k, boolean transposeA, boolean transposeB) {
      this.m = m;
      this.n = n;
      this.k = k;
      this.transposeA = transposeA;
      this.transposeB = transposeB;
    }
  }

  /// What is multiplied.
  @Param
  public Product product;

  @Override
  protected int batch() {
    return product.m;
  }

  @Override
  protected Work work(int rows) {
    return Work.flops(2.0 * rows * product.n * product.k);
  }

  @Override
  protected Call prepare(Engine engine, int rows) {
    return multiply(engine, product.transposeA, product.transposeB, rows, product.n, product.k);
  }

  /// C `[m, n]` = op(A)·op(B), depth k.
  public static Call multiply(Engine engine, boolean transposeA, boolean transposeB, int m, int n, int k) {
    Tensor a = Inputs.uniform(engine, 1, m, k); // its transpose has as many numbers
    Tensor b = Inputs.uniform(engine, 2, k, n);
    Tensor c = Inputs.zeros(engine, m, n);
    return Call.of(engine,
        () -> engine.kernels().matmul().matmul(1, transposeA, transposeB, m, n, k, a.storage(), b.storage(), c.storage()), c);
  }
}
