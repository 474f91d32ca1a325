package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// A recorded training step: forward and backward pass, planned once, with the memory of every result and gradient decided. A run allocates nothing.
///
/// It computes what a [Tape] computes, bit for bit: the same kernels on the same shapes in the same order. See [Recording].
public final class Program implements AutoCloseable {
  private final Kernels kernels;
  private final List<Step> steps;
  private final Tensor output;
  private final Gradients gradients;
  private final List<Storage> constants;
  private final MemoryUse memory;

  Program(Kernels kernels, List<Step> steps, Tensor output, Gradients gradients, List<Storage> constants, MemoryUse memory) {
    this.kernels = kernels;
    this.steps = List.copyOf(steps);
    this.output = output;
    this.gradients = gradients;
    this.constants = List.copyOf(constants);
    this.memory = memory;
  }

  /// Computes the result and its gradients from the present content of the inputs and parameters.
  public void run() {
    for (int i = 0; i < steps.size(); i++) steps.get(i).forward(kernels);
    gradients.run();
  }

  /// The loss of the last run; valid until another program runs in the same memory.
  public Tensor output() {
    return output;
  }

  /// The gradients of the last run; valid likewise. Always the same object.
  public Gradients gradients() {
    return gradients;
  }

  /// What a run needs.
  public MemoryUse memory() {
    return memory;
  }

  /// Gives back the constants. The step memory belongs to whoever made it.
  @Override
  public void close() {
    constants.forEach(Storage::close);
  }
}
