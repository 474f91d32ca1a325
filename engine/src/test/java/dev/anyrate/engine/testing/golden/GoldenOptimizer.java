package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Several steps of an optimizer on mse(x·w, y).
final class GoldenOptimizer implements GoldenOperation {
  private static final String HYPERPARAMETERS = "hyperparameters";

  @Override
  public void check(GoldenCase golden, Kernels kernels) {
    try (var in = new GoldenGraph(golden, kernels)) {
      Tensor x = in.leaf("x");
      Tensor y = in.leaf("y");
      Tensor w = in.leaf("w").requiringGradient(true);
      Storage first = in.full(w.shape(), 0).storage();
      Storage second = in.full(w.shape(), 0).storage();
      for (int step = 1; step <= golden.count("steps"); step++) {
        try (Tape tape = new Tape(kernels, true)) {
          Tensor loss = tape.run(new MeanSquaredError(tape.run(new MatMul(x, false, w, false)), y));
          update(golden, kernels, step, w, tape.backward(loss).of(w).storage(), first, second);
        }
      }
      in.checkOutput("w", w);
    }
  }

  private static void update(GoldenCase golden, Kernels kernels, int step, Tensor w, Storage dW, Storage first, Storage second) {
    String kind = golden.attribute("kind");
    float rate = number(golden, "lr");
    float decay = number(golden, "weight_decay");
    switch (kind) {
      case "adam", "adam_l2", "adamw" -> {
        boolean decoupled = kind.equals("adamw");
        List<Float> betas = golden.numbersIn(HYPERPARAMETERS, "betas");
        var constants = new AdamConstants(betas.get(0), betas.get(1), number(golden, "eps"), decoupled ? 0 : decay,
            decoupled ? decay : 0);
        kernels.optimizer().adam(w.size(), constants, rate, step, w.storage(), dW, first, second);
      }
      case "sgd", "sgd_momentum", "sgd_nesterov" ->
        kernels.optimizer().sgd(w.size(), rate, number(golden, "momentum"), kind.equals("sgd_nesterov"), decay,
            step == 1, w.storage(), dW, first);
      default -> throw new AssertionError(golden + ": unknown optimizer " + kind);
    }
  }

  private static float number(GoldenCase golden, String hyperparameter) {
    return golden.numbersIn(HYPERPARAMETERS, hyperparameter).getFirst();
  }
}
