package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.PlannedStorage;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
  /// Results of this many axes are activations over time, which [Precision#BF16] rounds; embeddings and losses have fewer.
  private static final int ACTIVATION_AXES = 3;

  /// A planned step, its own memory, and that of its inputs.
  private record Planned(Step step, List<PlannedStorage> own, List<Storage> inputs) {
    List<Storage> all() {
      return Stream.concat(own.stream(), inputs.stream()).toList();
    }
  }

  private final Kernels kernels;
  private final StepMemory memory;
  private final boolean training;
  private final Schedule schedule;
  private final List<Planned> differentiable = new ArrayList<>();
  private final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Storage> constants = new ArrayList<>();
  private boolean ended;

  /// @param kernels  of the backend to run on
  /// @param memory   for results and gradients; programs may share one, if only one of them runs at a time
  /// @param training what [#training()] answers
  /// @param precision of the activations that are kept for the backward pass
  public Recording(Kernels kernels, StepMemory memory, boolean training, Precision precision) {
    this.kernels = kernels;
    this.memory = memory;
    this.training = training;
    this.schedule = new Schedule(kernels, precision);
  }

  @Override
  public Tensor run(Op op) {
    requireGoingOn();
    List<PlannedStorage> own = new ArrayList<>();
    Step step = op.plan(size -> {
      PlannedStorage storage = schedule.allocate(size);
      own.add(storage);
      return storage;
    });
    var planned = new Planned(step, own, op.inputs().stream().map(Tensor::storage).toList());
    if (op.inputs().stream().anyMatch(this::tracks)) track(planned);
    schedule.add(() -> step.forward(kernels), planned.all());
    return step.output();
  }

  private void track(Planned planned) {
    Tensor output = planned.step.output();
    differentiable.add(planned);
    tracked.add(output);
    if (output.shape().rank() < ACTIVATION_AXES) return;
    List<Storage> inner = planned.step.inner().stream().map(Tensor::storage).toList();
    for (PlannedStorage storage : planned.own) {
      if (storage == output.storage()) schedule.keep(storage, planned.step.remake(), inner.isEmpty() ? planned.inputs : inner);
      else if (inner.contains(storage)) schedule.keep(storage, Optional.empty(), List.of());
    }
  }

  /// The same numbers in every run.
  @Override
  public Tensor constant(Shape shape, float... values) {
    requireGoingOn();
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
    requireGoingOn();
    Tape.requireTracked(output, tracks(output));
    ended = true;
    schedule.turn(output.storage());
    var plan = new BackwardPlan(this::tracks, kernels, schedule);
    plan.begin(output, begin);
    for (Planned planned : differentiable.reversed()) {
      if (!plan.passThrough(planned.step, planned.all())) continue;
      // Every reader of these numbers was executed later than the step, so its backward has passed already.
      for (Storage storage : planned.own) {
        if (storage != output.storage()) schedule.release(storage);
      }
    }
    memory.forgetFormerPlans();
    var program = new Program(schedule.finish(memory), output, plan.gradients(), constants);
    constants.clear(); // they are the program's now
    return program;
  }

  private void requireGoingOn() {
    if (ended) throw new IllegalStateException("this recording has ended; open a new one with Engine.recording()");
  }

  /// Gives back the constants of a recording that became no program.
  @Override
  public void close() {
    ended = true;
    constants.forEach(Storage::close);
  }
}
