package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.LogSoftmax;
import dev.anyrate.engine.ops.Softmax;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [Softmax] and [LogSoftmax].
public final class SoftmaxCases {
  private SoftmaxCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(columns -> add(cases, -2, 2, 3, columns));
    add(cases, -2, 2, 1, 25);
    add(cases, -2, 2, 13);
    add(cases, -2, 2, 2, 3, 7);
    add(cases, -2, 2, 110, 207);
    add(cases, -2, 2, 0, 7);
    add(cases, -2, 2, 7, 0);
    add(cases, 300, 303, 5, 33); // e^300 overflows
    add(cases, -303, -300, 5, 33); // e^−300 underflows
    return cases;
  }

  /// Numbers between `from` and `to`.
  private static void add(List<OpCase> cases, float from, float to, int... dims) {
    int columns = dims[dims.length - 1];
    String setting = " " + Shape.of(dims) + " between " + from + " and " + to;
    cases.add(new CaseBuilder("softmax" + setting).between(from, to, dims)
        .build(tensors -> new Softmax(tensors.getFirst()), x -> softmax(columns, x[0])));
    cases.add(new CaseBuilder("log-softmax" + setting).between(from, to, dims)
        .build(tensors -> new LogSoftmax(tensors.getFirst()), x -> logSoftmax(columns, x[0])));
  }

  private static double[] softmax(int columns, double[] x) {
    double[] y = logSoftmax(columns, x);
    for (int i = 0; i < y.length; i++) y[i] = Math.exp(y[i]);
    return y;
  }

  /// x − ln Σ e^x per row. Seen from the row's first number, which changes nothing but keeps a row of one number exactly 0.
  static double[] logSoftmax(int columns, double[] x) {
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += columns) {
      double sum = 0;
      for (int c = 0; c < columns; c++) sum += Math.exp(x[row + c] - x[row]);
      for (int c = 0; c < columns; c++) y[row + c] = x[row + c] - x[row] - Math.log(sum);
    }
    return y;
  }
}
