package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;

/// Makes the constants of an execution.
final class Constants {
  private Constants() {}

  static Tensor upload(Kernels kernels, Memory memory, Shape shape, float... values) {
    ShapeMismatch.check(values.length == shape.size(), "constant", "give as many values as the shape has elements", "shape",
        shape, "number of values", values.length);
    Tensor tensor = Tensor.allocate(memory, shape);
    kernels.transfer().upload(values, 0, tensor.storage());
    return tensor;
  }
}
