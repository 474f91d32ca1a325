package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A list of executed steps that can be run backwards.
///
/// The order of execution already is a topological order of the graph, so [#backward] needs neither recursion nor a sort. Only steps on a way
/// from a tensor that requires a gradient are kept. An object opened for one training step, never global:
///
/// ```java
/// try (Tape tape = engine.tape()) {
///   Tensor loss = …;                                // tape.run(new MatMul(a, b)) and so on
///   Gradients gradients = tape.backward(loss);
/// }                                                 // all that the step made is given back here
/// ```
public final class Tape implements Execution {
  private final Kernels kernels;
  private final StepMemory memory;
  private final boolean training;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param kernels  of the backend to run on
  /// @param training what [#training()] answers
  public Tape(Kernels kernels, boolean training) {
    this.kernels = kernels;
    this.memory = new StepMemory(kernels.memory());
    this.training = training;
  }

  @Override
  public Tensor run(Op op) {
    memory.requireOpen();
    Step step = op.plan(memory);
    step.forward(kernels);
    if (op.inputs().stream().anyMatch(this::tracks)) {
      steps.add(step);
      tracked.add(step.output());
    }
    return step.output();
  }

  @Override
  public Tensor constant(Shape shape, float... values) {
    return Constants.upload(kernels, memory, shape, values);
  }

  @Override
  public boolean training() {
    return training;
  }

  /// Whether a backward pass brings a gradient to this tensor.
  public boolean tracks(Tensor tensor) {
    return tensor.requiresGradient() || tracked.contains(tensor);
  }

  /// The gradient of a scalar with respect to every tensor that requires one. May be called again, with the same result.
  ///
  /// @param loss one element, made on this tape
  /// @throws ShapeMismatch if `loss` has more than one element
  public Gradients backward(Tensor loss) {
    requireScalar(loss);
    return backward(loss, dLoss -> kernels.transfer().fill(dLoss.storage(), 1));
  }

  /// The gradient of `Σ output·dOutput`: pulls a given gradient back.
  ///
  /// @param output  made on this tape
  /// @param dOutput gradient with respect to `output`, of the same shape
  public Gradients backward(Tensor output, Tensor dOutput) {
    requireSameShape(output, dOutput);
    return backward(output, copy -> kernels.transfer().copy(dOutput.storage(), copy.storage()));
  }

  private Gradients backward(Tensor output, Consumer<Tensor> begin) {
    memory.requireOpen();
    requireTracked(output, tracks(output));
    var schedule = new Schedule(kernels, Precision.FLOAT32);
    schedule.turn(output.storage());
    var plan = new BackwardPlan(this::tracks, kernels, schedule);
    plan.begin(output, begin);
    for (Step step : steps.reversed()) plan.passThrough(step, List.of());
    schedule.finish(memory).backward().forEach(Runnable::run);
    return plan.gradients();
  }

  static void requireScalar(Tensor loss) {
    ShapeMismatch.check(loss.size() == 1, "backward", "the loss must have one element; sum or average it", "loss", loss);
  }

  static void requireSameShape(Tensor output, Tensor dOutput) {
    ShapeMismatch.check(output.shape().equals(dOutput.shape()), "backward", "both must have the same shape", "output", output,
        "gradient", dOutput);
  }

  static void requireTracked(Tensor output, boolean tracked) {
    if (tracked) return;
    throw new IllegalArgumentException(
        "backward: " + output + " does not depend on any tensor that requires a gradient on this tape;"
            + " were all parameters frozen?");
  }

  /// The steps that a backward pass would visit, in order of execution.
  public List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  @Override
  public void close() {
    memory.close();
    steps.clear();
    tracked.clear();
  }
}
