package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.CrossEntropy;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [CrossEntropy] and [MeanSquaredError].
public final class LossCases {
  private LossCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanesFromTwo().forEach(classes -> cases.add(crossEntropy(-2, 2, 3, classes)));
    cases.add(crossEntropy(-2, 2, 1, 5));
    cases.add(crossEntropy(-2, 2, 25, 13));
    cases.add(crossEntropy(-2, 2, 207, 31));
    cases.add(crossEntropy(300, 303, 5, 7)); // e^300 overflows
    Sizes.aroundLanes().forEach(size -> cases.add(meanSquaredError(size)));
    cases.add(meanSquaredError(13, 25));
    cases.add(meanSquaredError(2, 70, 90));
    return cases;
  }

  private static OpCase crossEntropy(float from, float to, int rows, int classes) {
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) labels[row] = (row * 7 + 1) % classes;
    return new CaseBuilder("cross-entropy [" + rows + ", " + classes + "] between " + from + " and " + to)
        .between(from, to, rows, classes).counts(labels)
        .build(tensors -> new CrossEntropy(tensors.get(0), tensors.get(1)), x -> {
          double[] logProbability = SoftmaxCases.logSoftmax(classes, x[0]);
          double sum = 0;
          for (int row = 0; row < rows; row++) sum -= logProbability[row * classes + labels[row]];
          return new double[] {sum / rows};
        });
  }

  private static OpCase meanSquaredError(int... dims) {
    return new CaseBuilder("mean squared error " + Shape.of(dims)).values(dims).values(dims)
        .build(tensors -> new MeanSquaredError(tensors.get(0), tensors.get(1)), x -> {
          double sum = 0;
          for (int i = 0; i < x[0].length; i++) sum += (x[0][i] - x[1][i]) * (x[0][i] - x[1][i]);
          return new double[] {sum / x[0].length};
        });
  }
}
