package dev.anyrate.model.train;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.List;

/// Gradient accumulation: loss and gradient of a batch in the memory of a chunk, for losses that are a mean over the rows of the batch. As one operation on the parameters:
///
/// ```java
/// try (Tape tape = engine.tape()) {
///   var loss = new AccumulatedLoss(engine, model.parameters(), 4096, 256, (execution, from, to) -> meanLossOfRows(execution, from, to));
///   adam.step(tape.backward(tape.run(loss)));
/// }
/// ```
///
/// Result `[1]`: the mean of the chunks' losses, each weighted by its share of the rows, which is the mean over all rows; its gradient likewise, added up in the order of the
/// chunks. Both equal those of the whole batch at once, up to rounding, where no row depends on the others; batch normalisation takes its statistics from a chunk.
/// Not for NT-Xent, in which each pair meets all others: [CachedContrastiveLoss] does that.
///
/// @param parameters that the loss depends on; frozen ones get no gradient
/// @param rows       of the batch
/// @param chunk      rows that pass at once, at most
/// @param loss       of a chunk
public record AccumulatedLoss(Engine engine, List<Parameter> parameters, int rows, int chunk, Loss loss) implements Op {
  /// The mean over some rows of a batch.
  @FunctionalInterface
  public interface Loss {
    /// @param execution runs the operations; what they make is given back when the chunk has passed
    /// @param from      first row of the chunk
    /// @param to        behind its last row
    /// @return one element, made on `execution`
    Tensor of(Execution execution, int from, int to);
  }

  public AccumulatedLoss {
    parameters = List.copyOf(parameters);
    if (rows < 1 || chunk < 1) {
      throw new IllegalArgumentException(
          "accumulated loss: " + rows + " rows in chunks of " + chunk + "; give a batch and a chunk of 1 row or more");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return parameters.stream().map(Parameter::tensor).toList();
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, new Chunks(rows, chunk), GradientSum.of(engine.kernels(), memory, parameters),
        Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(AccumulatedLoss op, Chunks chunks, GradientSum sum, Tensor output) implements Step {
    /// One pass is enough: the gradient of a chunk's loss is known at once.
    @Override
    public void forward(Kernels kernels) {
      sum.clear();
      kernels.transfer().fill(output.storage(), 0);
      for (int chunk = 0; chunk < chunks.count(); chunk++) {
        float share = (float) chunks.size(chunk) / op.rows;
        try (Tape tape = op.engine.tape()) {
          Tensor loss = op.loss.of(tape, chunks.start(chunk), chunks.start(chunk + 1));
          sum.add(tape.backward(loss), share);
          kernels.elementwise().addScaled(1, share, loss.storage(), output.storage());
        }
      }
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      sum.into(plan, dOutput);
    }
  }
}
