package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import java.util.List;

/// Gradient accumulation, for losses that are means over the pairs of a batch, in the memory of a chunk: the mean over chunks, weighted by
/// their sizes, of loss and gradient. As one operation on the parameters.
///
/// Not for NT-Xent, in which each pair meets all others: that is [CachedContrastiveLoss]. Batch normalisation takes its statistics from
/// the chunk, as there.
///
/// @param parameters that the loss depends on
/// @param loss       of a chunk
/// @param batch      the whole batch
/// @param chunk      pairs that pass at once
record AccumulatedLoss(Engine engine, List<Parameter> parameters, Loss loss, PairedBatch batch, int chunk) implements Op {
  /// The mean over the pairs that it is given.
  @FunctionalInterface
  interface Loss {
    /// @return one element
    Tensor of(Execution execution, PairedBatch pairs);
  }

  @Override
  public List<Tensor> inputs() {
    return parameters.stream().map(Parameter::tensor).toList();
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, new Chunks(batch, chunk), GradientSum.of(engine.kernels(), memory, parameters),
        Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(AccumulatedLoss op, Chunks chunks, GradientSum sum, Tensor output) implements Step {
    /// One pass is enough: the gradient of a chunk's loss is known at once.
    @Override
    public void forward(Kernels kernels) {
      sum.clear();
      kernels.transfer().fill(output.storage(), 0);
      for (int chunk = 0; chunk < chunks.count(); chunk++) {
        float share = (float) chunks.size(chunk) / op.batch.batchSize();
        try (Tape tape = op.engine.tape()) {
          Tensor loss = op.loss.of(tape, chunks.pairs(chunk));
          kernels.elementwise().addScaled(1, share, loss.storage(), output.storage());
          sum.add(tape.backward(loss), share);
        }
      }
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, Gradients into) {
      sum.into(into, dOutput);
    }
  }
}
