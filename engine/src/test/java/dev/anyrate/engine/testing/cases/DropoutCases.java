package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.kernel.DropoutMask;
import dev.anyrate.engine.ops.Dropout;
import dev.anyrate.engine.testing.OpCase;
import java.util.List;

/// Cases of [Dropout]. That the zeros are as many as they should be, and others in each step, is in `DropoutTest`.
public final class DropoutCases {
  private static final long SEED = 7;
  private static final int STEP = 3;

  private DropoutCases() {}

  /// All of them.
  public static List<OpCase> all() {
    return List.of(dropout(0.1f, 1), dropout(0.5f, 33), dropout(0.25f, 7, 5, 3), dropout(0, 19), dropout(0.1f, 20_001));
  }

  private static OpCase dropout(float rate, int... dims) {
    return new CaseBuilder("dropout " + rate + " of " + dims.length + " axes, the last " + dims[dims.length - 1]).values(dims)
        .counts(STEP).build(tensors -> new Dropout(tensors.get(0), tensors.get(1), rate, SEED), inputs -> {
          double[] y = inputs[0].clone();
          for (int i = 0; i < y.length; i++)
            y[i] = DropoutMask.keeps(rate, DropoutMask.start(SEED), STEP, i) ? y[i] / (1 - rate) : 0;
          return y;
        });
  }
}
