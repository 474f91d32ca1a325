package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Plans the operations that layers run, and computes none of them: they become a [Program], which is then run for any number of batches of one shape.
///
/// What differs from batch to batch is in tensors of the caller, who overwrites their numbers before each run:
///
/// ```java
/// try (Recording recording = engine.recording(memory)) {
///   Program step = recording.differentiate(model.contrastiveLoss(recording, views, lengths, 0.5f));
/// }
/// for (…) {
///   engine.write(views, …);
///   engine.write(lengths, …);
///   step.run();
///   optimizer.step(step.gradients());
/// }
/// ```
///
/// A result holds numbers only after a run, and only until the backward pass has no use for them: the memory of an activation is given to gradients as soon as the last
/// step that reads it has passed. What was differentiated stays.
public final class Recording implements Execution {
  /// A planned step, and what it keeps.
  private record Planned(Step step, List<Storage> memory) {}

  private final Kernels kernels;
  private final StepMemory memory;
  private final boolean training;
  private final List<Step> steps = new ArrayList<>();
  private final List<Planned> differentiable = new ArrayList<>();
  private final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Storage> constants = new ArrayList<>();

  /// @param kernels  of the backend to run on
  /// @param memory   for results and gradients; programs may share one, if only one of them runs at a time
  /// @param training what [#training()] answers
  public Recording(Kernels kernels, StepMemory memory, boolean training) {
    this.kernels = kernels;
    this.memory = memory;
    this.training = training;
    memory.beginPlan();
  }

  @Override
  public Tensor run(Op op) {
    List<Storage> own = new ArrayList<>();
    Step step = op.plan(size -> {
      Storage storage = memory.allocate(size);
      own.add(storage);
      return storage;
    });
    steps.add(step);
    if (op.inputs().stream().anyMatch(this::tracks)) {
      differentiable.add(new Planned(step, own));
      tracked.add(step.output());
    }
    return step.output();
  }

  /// The same numbers in every run.
  @Override
  public Tensor constant(Shape shape, float... values) {
    Tensor tensor = Constants.upload(kernels, kernels.memory(), shape, values);
    constants.add(tensor.storage());
    return tensor;
  }

  @Override
  public boolean training() {
    return training;
  }

  private boolean tracks(Tensor tensor) {
    return tensor.requiresGradient() || tracked.contains(tensor);
  }

  /// Plans the backward pass from a loss, and ends this recording.
  ///
  /// @param loss one element, made on this recording
  /// @return owns all that was made here but the step memory
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if `loss` has more than one element
  public Program differentiate(Tensor loss) {
    Tape.requireScalar(loss);
    return differentiate(loss, dLoss -> kernels.transfer().fill(dLoss.storage(), 1));
  }

  /// Plans the backward pass from a given gradient, whose numbers are read in each run, and ends this recording.
  ///
  /// @param output  made on this recording
  /// @param dOutput gradient with respect to `output`, of the same shape; not made on this recording
  public Program differentiate(Tensor output, Tensor dOutput) {
    Tape.requireSameShape(output, dOutput);
    return differentiate(output, copy -> kernels.transfer().copy(dOutput.storage(), copy.storage()));
  }

  private Program differentiate(Tensor output, Consumer<Tensor> begin) {
    Tape.requireTracked(output, tracks(output));
    var gradients = new Gradients(this::tracks, kernels, memory);
    gradients.begin(output, begin);
    long kept = 0;
    for (Planned planned : differentiable.reversed()) {
      if (!gradients.plan(planned.step)) continue;
      for (Storage storage : planned.memory) {
        kept += (long) storage.size() * Float.BYTES;
        // Every reader of these numbers was executed later than the step, so its backward has passed already.
        if (storage != output.storage()) memory.release(storage);
      }
    }
    var program = new Program(kernels, steps, output, gradients, constants, new MemoryUse(kept, memory.bytesOfPlan()));
    constants.clear(); // they are the program's now
    return program;
  }

  /// Gives back the constants of a recording that became no program.
  @Override
  public void close() {
    constants.forEach(Storage::close);
  }
}
