package dev.anyrate.engine.testing;

import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.BatchNorm;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.ops.MeanOverTime;
import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The reference CNN with its projection head and loss as a plain graph: what a training step does, without a model around it.
///
/// @param tape       of the step
/// @param parameters by their golden names, such as `block0.conv1.weight`
public record ReferenceCnn(Tape tape, Map<String, Tensor> parameters) {
  private static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.1f;
  private static final float SMALLEST_NORM = 1e-12f;

  /// What a forward pass gives.
  ///
  /// @param embedding  `[2B, E]`
  /// @param projection `[2B, E]`, before it is brought to unit length
  /// @param loss       NT-Xent
  public record Result(Tensor embedding, Tensor projection, Tensor loss) {}

  /// @param view1 `[B, C, L]`
  /// @param view2 of the same series
  public Result forward(Tensor view1, Tensor view2, float temperature) {
    Tensor series = tape.run(new Concat(List.of(view1, view2), 0)); // [2B, C, L]
    Tensor x = tape.run(new Permute(series, List.of(0, 2, 1))); // [2B, L, C]
    Tensor lengths = full(x.dim(0), x.dim(1));
    Tensor h = norm("stem.norm", convolution("stem.conv", x, 3), lengths, null);
    for (int block = 0; parameters.containsKey("block" + block + ".conv1.weight"); block++) {
      String name = "block" + block;
      Tensor inner = norm(name + ".norm1", convolution(name + ".conv1", h, 1), lengths, null);
      h = norm(name + ".norm2", convolution(name + ".conv2", inner, 1), lengths, h);
    }
    Tensor embedding = linear("embed", tape.run(new MeanOverTime(h, lengths)));
    Tensor projection = linear("proj2", tape.run(new Unary(UnaryFunction.RELU, linear("proj1", embedding))));
    return new Result(embedding, projection, tape.run(new NtXent(projection, temperature, SMALLEST_NORM)));
  }

  private Tensor convolution(String name, Tensor x, int padding) {
    return tape.run(new Conv1d(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"), 1, padding, 1, 1));
  }

  /// Batch normalisation, the residual if there is one, ReLU.
  private Tensor norm(String name, Tensor x, Tensor lengths, Tensor residual) {
    int channels = x.dim(2);
    return tape.run(new BatchNorm(x, lengths, parameters.get(name + ".gamma"), parameters.get(name + ".beta"), full(channels, 0),
        full(channels, 1), residual, true, MOMENTUM, EPSILON, true));
  }

  private Tensor linear(String name, Tensor x) {
    return tape.run(new Linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias")));
  }

  private Tensor full(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return tape.constant(Shape.of(size), values);
  }
}
