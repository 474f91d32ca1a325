package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.loss.NtXentLoss;
import java.util.List;

/// NT-Xent over a batch too large to pass through the encoder at once, in the memory of a chunk: gradient caching
/// (Gao et al. 2021, <https://arxiv.org/abs/2101.06983>).
///
/// As one operation on the parameters. In a first pass each chunk goes through the encoder and leaves only its projections. From those of
/// the whole batch come the loss and its gradient `dZ [2B, D]`. In a second pass each chunk goes through the encoder again, this time to
/// pull its rows of dZ back, and the gradients of the chunks add up. The price is one forward pass more.
///
/// **What equals the direct computation.** Without batch normalisation loss and gradient are those of the whole batch, up to rounding.
/// With it they are exactly those of the model that normalises each chunk (both views of its pairs) by the chunk's own statistics: every
/// pair still has all others of the batch as negatives, but means and variances come from a chunk, as in training on several devices
/// without synchronised statistics. With one chunk nothing differs. The running statistics are updated in the second pass only, once
/// for each chunk, so evaluation sees averages over statistics of chunks.
///
/// @param steps of the model, for chunks
/// @param batch the whole batch
/// @param chunk pairs that pass through the encoder at once
record CachedContrastiveLoss(Engine engine, ContrastiveModel model, RecordedSteps<ProjectionStep> steps, PairedBatch batch,
    int chunk, float temperature) implements Op {
  @Override
  public List<Tensor> inputs() {
    return model.parameters().stream().map(Parameter::tensor).toList();
  }

  @Override
  public Step plan(Memory memory) {
    Shape shape = Shape.of(2 * batch.batchSize(), model.config().projection());
    return new Planned(this, new Chunks(batch.batchSize(), chunk), Tensor.allocate(memory, shape),
        GradientSum.of(engine.kernels(), memory, model.parameters()), Tensor.allocate(memory, Shape.of(1)));
  }

  /// @param projections `[2B, D]`, of the whole batch
  private record Planned(CachedContrastiveLoss op, Chunks chunks, Tensor projections, GradientSum sum, Tensor output)
      implements
        Step {
    @Override
    public void forward(Kernels kernels) {
      try (Buffers runningStatistics = Buffers.of(kernels, op.model.state())) {
        for (int chunk = 0; chunk < chunks.count(); chunk++) project(kernels, chunk);
        runningStatistics.restore();
      }
      try (Tape tape = op.engine.tape()) {
        Tensor all = projections.requiringGradient(true);
        Tensor loss = new NtXentLoss(op.temperature).of(tape, all);
        kernels.transfer().copy(loss.storage(), output.storage());
        Tensor dProjections = tape.backward(loss).of(all); // [2B, D]
        sum.clear();
        for (int chunk = 0; chunk < chunks.count(); chunk++) pullBack(kernels, dProjections, chunk);
      }
    }

    private void project(Kernels kernels, int chunk) {
      PairedBatch pairs = pairs(chunk);
      Storage rows = op.steps.of(pairs).project(pairs).storage(); // [2·chunk, D]
      int half = rows.size() / 2;
      kernels.transfer().copy(rows.window(0, half), firstViews(projections, chunk));
      kernels.transfer().copy(rows.window(half, half), secondViews(projections, chunk));
    }

    private void pullBack(Kernels kernels, Tensor dProjections, int chunk) {
      PairedBatch pairs = pairs(chunk);
      ProjectionStep step = op.steps.of(pairs);
      Storage dRows = step.dProjections().storage(); // [2·chunk, D]
      int half = dRows.size() / 2;
      kernels.transfer().copy(firstViews(dProjections, chunk), dRows.window(0, half));
      kernels.transfer().copy(secondViews(dProjections, chunk), dRows.window(half, half));
      sum.add(step.pullBack(pairs), 1);
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      sum.into(plan, dOutput);
    }

    private PairedBatch pairs(int chunk) {
      return op.batch.part(chunks.start(chunk), chunks.size(chunk));
    }

    /// Rows of the first views of a chunk's pairs, among those of the batch.
    private Storage firstViews(Tensor ofBatch, int chunk) {
      return rows(ofBatch, chunks.start(chunk), chunk);
    }

    private Storage secondViews(Tensor ofBatch, int chunk) {
      return rows(ofBatch, op.batch.batchSize() + chunks.start(chunk), chunk);
    }

    private Storage rows(Tensor ofBatch, int first, int chunk) {
      int columns = ofBatch.dim(1);
      return ofBatch.storage().window(first * columns, chunks.size(chunk) * columns);
    }
  }
}
