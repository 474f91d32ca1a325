package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [MatMul] and [Linear].
public final class MatrixCases {
  private MatrixCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Sizes.aroundLanes().forEach(size -> {
          cases.add(matmul(transposeA, transposeB, size, size + 1, 5));
          cases.add(matmul(transposeA, transposeB, 3, size, 13));
          cases.add(matmul(transposeA, transposeB, 5, 2, size));
        });
        cases.add(matmul(transposeA, transposeB, 1, 1, 1));
        cases.add(matmul(transposeA, transposeB, 13, 25, 7, 2, 3)); // a batch of 2·3
        cases.add(matmul(transposeA, transposeB, 40, 70, 50));
        cases.add(matmul(transposeA, transposeB, 3, 4, 0));
      }
    }
    // Larger than the blocks of a packed product in every direction; the gradients of these two are products of all four kinds.
    cases.add(matmul(false, false, 70, 130, 300));
    cases.add(matmul(true, true, 70, 130, 300));
    cases.add(byItself());
    Sizes.aroundLanes().forEach(size -> {
      cases.add(linear(true, size, size + 1, 4));
      cases.add(linear(false, 13, size, 3));
      cases.add(linear(true, 5, 7, size));
    });
    cases.add(linear(true, 25, 13, 2, 3));
    cases.add(linear(true, 25, 13, 2, 1, 3));
    cases.add(linear(true, 128, 64, 33));
    cases.add(linear(true, 3, 40, 600)); // more rows than are summed at a time
    Sizes.aroundLanes().forEach(size -> {
      cases.add(shortcut(true, 7, size, 3));
      cases.add(shortcut(false, size, 5, 6));
    });
    cases.add(shortcut(true, 70, 130, 2, 25));
    cases.add(shortcutAroundItself());
    for (int[] sizes : new int[][] {{20, 17, 0}, {0, 20, 30}, {20, 0, 30}}) { // no rows, no inputs, no outputs
      cases.add(linear(true, sizes[0], sizes[1], sizes[2]));
      cases.add(shortcut(true, sizes[0], sizes[1], sizes[2]));
    }
    for (int[] sizes : new int[][] {{0, 40, 50}, {40, 0, 50}, {40, 50, 0}}) {
      cases.add(matmul(false, false, sizes[0], sizes[1], sizes[2]));
    }
    return cases;
  }

  private static OpCase matmul(boolean transposeA, boolean transposeB, int m, int n, int k, int... front) {
    int[] a = dims(front, transposeA ? k : m, transposeA ? m : k);
    int[] b = dims(front, transposeB ? n : k, transposeB ? k : n);
    int batch = Arrays.stream(front).reduce(1, (product, dim) -> product * dim);
    String name = "matmul " + (transposeA ? "transposed " : "") + Shape.of(a) + " and " + (transposeB ? "transposed " : "")
        + Shape.of(b);
    return new CaseBuilder(name).values(a).values(b)
        .build(tensors -> new MatMul(tensors.get(0), transposeA, tensors.get(1), transposeB),
            x -> product(batch, m, n, k, x[0], transposeA, x[1], transposeB));
  }

  private static OpCase byItself() {
    return new CaseBuilder("matmul a matrix by itself").values(9, 9).build(
        tensors -> new MatMul(tensors.getFirst(), tensors.getFirst()), x -> product(1, 9, 9, 9, x[0], false, x[0], false));
  }

  private static OpCase linear(boolean bias, int in, int out, int... front) {
    int[] dims = dims(front, in);
    int rows = Shape.of(front).size();
    var builder = new CaseBuilder("linear " + Shape.of(dims) + " to " + out + (bias ? "" : " without bias")).values(dims)
        .values(out, in);
    if (bias) builder.values(out);
    return builder.build(tensors -> new Linear(tensors.get(0), tensors.get(1), bias ? tensors.get(2) : null), x -> {
      double[] y = product(1, rows, out, in, x[0], false, x[1], true);
      for (int i = 0; bias && i < y.length; i++) y[i] += x[2][i % out];
      return y;
    });
  }

  private static OpCase shortcut(boolean bias, int in, int out, int... front) {
    int[] dims = dims(front, in);
    int rows = Shape.of(front).size();
    var builder = new CaseBuilder("linear " + Shape.of(dims) + " to " + out + " with a shortcut" + (bias ? "" : ", without bias"))
        .values(dims).values(out, in).values(dims(front, out));
    if (bias) builder.values(out);
    return builder.build(
        tensors -> new Linear(tensors.get(0), tensors.get(1), bias ? tensors.get(3) : null, tensors.get(2)), x -> {
          double[] y = product(1, rows, out, in, x[0], false, x[1], true);
          for (int i = 0; i < y.length; i++) y[i] += x[2][i] + (bias ? x[3][i % out] : 0);
          return y;
        });
  }

  private static OpCase shortcutAroundItself() {
    return new CaseBuilder("linear with its input as the shortcut").values(5, 9).values(9, 9)
        .build(tensors -> new Linear(tensors.get(0), tensors.get(1), null, tensors.get(0)), x -> {
          double[] y = product(1, 5, 9, 9, x[0], false, x[1], true);
          for (int i = 0; i < y.length; i++) y[i] += x[0][i];
          return y;
        });
  }

  private static int[] dims(int[] front, int... last) {
    int[] dims = Arrays.copyOf(front, front.length + last.length);
    System.arraycopy(last, 0, dims, front.length, last.length);
    return dims;
  }

  private static double[] product(int batch, int m, int n, int k, double[] a, boolean transposeA, double[] b,
      boolean transposeB) {
    double[] c = new double[batch * m * n];
    for (int index = 0; index < batch; index++) {
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          double sum = 0;
          for (int i = 0; i < k; i++) {
            double left = a[index * m * k + (transposeA ? i * m + row : row * k + i)];
            double right = b[index * k * n + (transposeB ? column * k + i : i * n + column)];
            sum += left * right;
          }
          c[(index * m + row) * n + column] = sum;
        }
      }
    }
    return c;
  }
}
