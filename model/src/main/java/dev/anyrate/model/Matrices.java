package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;

/// Products of matrices on the heap, by the engine: a thousand times a thousand numbers take milliseconds there. Products are rounded to float32.
final class Matrices {
  private Matrices() {}

  /// A·B
  static double[][] product(Engine engine, double[][] a, double[][] b) {
    try (Inference inference = engine.inference()) {
      return product(engine, inference, a, constant(inference, b));
    }
  }

  /// A·B, where B is used more than once.
  static double[][] product(Engine engine, Inference inference, double[][] a, Tensor b) {
    return rows(engine.toHost(inference.run(new MatMul(constant(inference, a), b))), b.dim(1));
  }

  /// A·S·Aᵀ
  static double[][] congruent(Engine engine, double[][] a, double[][] s) {
    try (Inference inference = engine.inference()) {
      Tensor left = constant(inference, a);
      Tensor product = inference.run(new MatMul(left, constant(inference, s)));
      return rows(engine.toHost(inference.run(new MatMul(product, false, left, true))), a.length);
    }
  }

  /// Mean of the diagonal.
  static double meanOfDiagonal(double[][] matrix) {
    double trace = 0;
    for (int e = 0; e < matrix.length; e++) trace += matrix[e][e];
    return trace / matrix.length;
  }

  /// Adds to each number of the diagonal. The smaller eigenvalues of a covariance may be below 0 by rounding; then it has a factor.
  static void raiseDiagonal(double[][] matrix, double by) {
    for (int e = 0; e < matrix.length; e++) matrix[e][e] += by;
  }

  /// @param matrix `[M][N]`. Read.
  static Tensor constant(Inference inference, double[][] matrix) {
    return inference.constant(Shape.of(matrix.length, matrix[0].length), floats(matrix));
  }

  /// Σ x·xᵀ / count over all rows x of all blocks.
  ///
  /// @param blocks `[V][N][E]`. Read.
  /// @return `[E][E]`
  static double[][] squares(Engine engine, float[][][] blocks, double count) {
    int size = blocks[0][0].length;
    double[][] sum = new double[size][size];
    for (float[][] block : blocks) { // one at a time, so that float32 never sums many thousand products
      try (Inference inference = engine.inference()) {
        Tensor rows = inference.constant(Shape.of(block.length, size), joined(block, 0, block.length));
        float[] product = engine.toHost(inference.run(new MatMul(rows, true, rows, false)));
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) sum[i][j] += product[i * size + j] / count;
        }
      }
    }
    return sum;
  }

  /// Some of the rows, one behind the other.
  static float[] joined(float[][] rows, int from, int to) {
    int size = rows[from].length;
    float[] joined = new float[(to - from) * size];
    for (int n = from; n < to; n++) System.arraycopy(rows[n], 0, joined, (n - from) * size, size);
    return joined;
  }

  /// All rows, one behind the other.
  static float[] floats(double[][] rows) {
    int size = rows[0].length;
    float[] values = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < size; j++) values[i * size + j] = (float) rows[i][j];
    }
    return values;
  }

  /// Rows that lie one behind the other, each by itself.
  static float[][] split(float[] values, int size) {
    float[][] rows = new float[values.length / size][];
    for (int i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(values, i * size, (i + 1) * size);
    return rows;
  }

  /// The same in double.
  static double[][] rows(float[] values, int size) {
    double[][] rows = new double[values.length / size][size];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < size; j++) rows[i][j] = values[i * size + j];
    }
    return rows;
  }
}
