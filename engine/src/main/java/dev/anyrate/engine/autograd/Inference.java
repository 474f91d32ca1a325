package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Runs operations without remembering them: evaluation mode, no gradients.
public final class Inference implements Execution {
  private final Kernels kernels;
  private final StepMemory memory;

  /// @param kernels of the backend to run on
  public Inference(Kernels kernels) {
    this.kernels = kernels;
    this.memory = new StepMemory(kernels.memory());
  }

  @Override
  public Tensor run(Op op) {
    memory.requireOpen();
    Step step = op.plan(memory);
    step.forward(kernels);
    return step.output();
  }

  @Override
  public Tensor constant(Shape shape, float... values) {
    return Constants.upload(kernels, memory, shape, values);
  }

  @Override
  public boolean training() {
    return false;
  }

  @Override
  public void close() {
    memory.close();
  }
}
