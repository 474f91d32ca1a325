package dev.anyrate.engine.testing;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A case that was run forward on a tape and can be run backward: the gradient is that of `Σ y·dY`, y the result and dY seeded weights.
public final class RunningCase implements AutoCloseable {
  private final OpCase opCase;
  private final Kernels kernels;
  private final Tape tape;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Tensor output;

  /// @param kernels of the backend to run on
  public RunningCase(OpCase opCase, Kernels kernels) {
    this.opCase = opCase;
    this.kernels = kernels;
    this.tape = new Tape(kernels, true);
    for (OpCase.Input input : opCase.inputs()) {
      inputs.add(tape.constant(input.shape(), input.values()).requiringGradient(input.differentiable()));
    }
    this.output = tape.run(opCase.op().apply(inputs));
  }

  /// The result.
  public float[] output() {
    return Numbers.download(kernels, output.storage());
  }

  /// Runs all recorded steps forward again from the same inputs, over a result that was made unusable before. Without effect where nothing is
  /// recorded, as no input has a gradient, or where the result is a view of an input.
  public void replay() {
    if (tape.steps().isEmpty() || inputs.stream().anyMatch(input -> input.storage() == output.storage())) return;
    kernels.transfer().fill(output.storage(), Float.NaN);
    tape.steps().forEach(step -> step.forward(kernels));
  }

  /// Runs backward: a gradient for each differentiable input, in order.
  public List<float[]> gradients() {
    List<float[]> result = new ArrayList<>();
    if (opCase.inputs().stream().noneMatch(OpCase.Input::differentiable)) return result;
    Gradients gradients = tape.backward(output, tape.constant(output.shape(), outputGradient(output.size())));
    for (Tensor input : inputs) {
      if (!input.requiresGradient()) continue;
      Tensor gradient = gradients.of(input);
      if (gradient == null) throw new AssertionError(opCase + ": input " + inputs.indexOf(input) + " got no gradient");
      if (!gradient.shape().equals(input.shape())) {
        throw new AssertionError(opCase + ": input " + inputs.indexOf(input) + " is " + input + ", its gradient " + gradient);
      }
      result.add(Numbers.download(kernels, gradient.storage()));
    }
    return result;
  }

  /// dY: as many seeded weights between −1 and 1 as the result has elements.
  public static float[] outputGradient(int size) {
    return Numbers.random(size, size);
  }

  /// What the reference of a case gives for its inputs.
  public static double[] reference(OpCase opCase) {
    return opCase.reference().forward(doubleInputs(opCase));
  }

  static double[][] doubleInputs(OpCase opCase) {
    return opCase.inputs().stream().map(input -> Compare.doubles(input.values())).toArray(double[][]::new);
  }

  @Override
  public void close() {
    tape.close();
  }
}
