package dev.anyrate.engine.autograd;

import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// A recorded training step: forward and backward pass, planned once, with the memory of every result and gradient decided. A run allocates nothing.
///
/// It computes what a [Tape] computes, bit for bit: the same kernels on the same shapes in the same order. Only [Precision#BF16] makes other gradients. See [Recording].
public final class Program implements AutoCloseable {
  private final Schedule.Plan plan;
  private final Tensor output;
  private final Gradients gradients;
  private final List<Storage> constants;

  Program(Schedule.Plan plan, Tensor output, Gradients gradients, List<Storage> constants) {
    this.plan = plan;
    this.output = output;
    this.gradients = gradients;
    this.constants = List.copyOf(constants);
  }

  /// Computes the result and its gradients from the present content of the inputs and parameters.
  public void run() {
    runForward();
    run(plan.backward());
  }

  /// Computes the result alone.
  public void runForward() {
    run(plan.forward());
  }

  private static void run(List<Runnable> work) {
    for (int i = 0; i < work.size(); i++) work.get(i).run(); // without an iterator: a run allocates nothing
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
    return plan.memory();
  }

  /// Gives back the constants. The step memory belongs to whoever made it.
  @Override
  public void close() {
    constants.forEach(Storage::close);
  }
}
