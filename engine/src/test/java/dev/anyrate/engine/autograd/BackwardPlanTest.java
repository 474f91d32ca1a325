package dev.anyrate.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an operation of one's own may do in its backward pass, and what is refused there because it would be lost.
class BackwardPlanTest {
  private static final Runnable NOTHING = () -> {};

  /// A copy of the first input, whose backward pass is given.
  private record Copy(List<Tensor> inputs, Backward backward) implements Op {
    @FunctionalInterface
    interface Backward {
      void plan(Tensor dOutput, BackwardPlan plan);
    }

    @Override
    public Step plan(Memory memory) {
      return new Planned(this, Tensor.allocate(memory, inputs.getFirst().shape()));
    }

    private record Planned(Copy op, Tensor output) implements Step {
      @Override
      public void forward(Kernels kernels) {
        kernels.transfer().copy(op.inputs.getFirst().storage(), output.storage());
      }

      @Override
      public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
        op.backward.plan(dOutput, plan);
      }
    }
  }

  /// Runs a backward pass through one [Copy] of two parameters.
  private static void run(TwoInputs backward) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend("scalar").withThreads(1)); Tape tape = engine.tape()) {
      Tensor x = tape.constant(Shape.of(1), 5).requiringGradient(true);
      Tensor other = tape.constant(Shape.of(1), 6).requiringGradient(true);
      Tensor y = tape.run(new Copy(List.of(x, other), (dOutput, plan) -> backward.plan(x, other, dOutput, plan)));
      tape.backward(y);
    }
  }

  @FunctionalInterface
  private interface TwoInputs {
    void plan(Tensor x, Tensor other, Tensor dOutput, BackwardPlan plan);
  }

  private static String refusal(TwoInputs backward) {
    return assertThrows(IllegalStateException.class, () -> run(backward)).getMessage();
  }

  /// A backward pass that asks for memory when it runs would allocate in every step, and after the plan was made.
  @Test
  void memoryIsAskedForBeforeThePassRuns() {
    String message = refusal((x, _, _, plan) -> plan.compute(() -> plan.share(x)));
    assertTrue(message.startsWith("backward: memory was asked for while the pass runs"), message);
  }

  @Test
  void workIsGivenBeforeThePassRuns() {
    String message = refusal((_, _, _, plan) -> plan.compute(() -> plan.compute(NOTHING)));
    assertTrue(message.startsWith("backward: work was given while the pass runs"), message);
  }

  @Test
  void aGradientIsHandedOverBeforeThePassRuns() {
    String message = refusal((x, _, dOutput, plan) -> plan.compute(() -> plan.handOver(x, dOutput)));
    assertTrue(message.startsWith("backward: a gradient was handed over while the pass runs"), message);
  }

  @Test
  void aGradientIsHandedOverOnce() {
    run((x, _, dOutput, plan) -> plan.handOver(x, dOutput));
    assertEquals("backward: the gradient of a result was handed over twice in a step, and two gradients cannot lie in the same"
        + " place; give one of them a copy by BackwardPlan.add", refusal((x, other, dOutput, plan) -> {
          plan.handOver(x, dOutput);
          plan.handOver(other, dOutput);
        }));
  }
}
