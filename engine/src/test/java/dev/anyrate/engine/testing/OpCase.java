package dev.anyrate.engine.testing;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/// One operation at one setting. The same definition serves the comparison of backends, the gradient check, and the table of coverage.
///
/// @param name      operation and setting, such as `conv1d stride 3`
/// @param inputs    its tensors, with seeded values
/// @param op        makes the operation from tensors of `inputs`
/// @param reference the same operation in double precision, written only for the test
/// @param tolerance ‖result − reference‖ / ‖reference‖ that float32 must keep; 1e-5 unless a reason stands beside it
public record OpCase(String name, List<Input> inputs, Function<List<Tensor>, Op> op, Reference reference, double tolerance) {
  /// A tensor that goes into an operation.
  ///
  /// @param values         row-major
  /// @param differentiable whether the gradient check moves it; labels and lengths are not
  public record Input(Shape shape, float[] values, boolean differentiable) {}

  /// A forward pass in double precision.
  @FunctionalInterface
  public interface Reference {
    /// @param inputs in the order of the case
    /// @return the result, row-major
    double[] forward(double[][] inputs);
  }

  @Override
  public String toString() {
    return name;
  }
}
