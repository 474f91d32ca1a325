package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
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
/// @param batch the whole batch
/// @param chunk pairs that pass through the encoder at once
record CachedContrastiveLoss(Engine engine, ContrastiveModel model, PairedBatch batch, int chunk,
    float temperature) implements Op {
  @Override
  public List<Tensor> inputs() {
    return model.parameters().stream().map(Parameter::tensor).toList();
  }

  @Override
  public Step plan(Memory memory) {
    int size = 2 * batch.batchSize() * model.config().projection();
    return new Planned(this, new Chunks(batch, chunk), new float[size], new float[size],
        GradientSum.of(engine.kernels(), memory, model.parameters()), Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(CachedContrastiveLoss op, Chunks chunks, float[] projections, float[] dProjections, GradientSum sum,
      Tensor output)
      implements
        Step {
    @Override
    public void forward(Kernels kernels) {
      var runningStatistics = Buffers.of(op.engine, op.model.state());
      for (int chunk = 0; chunk < chunks.count(); chunk++) project(chunk);
      runningStatistics.restore(op.engine);
      lossOfAll(kernels);
      sum.clear();
      for (int chunk = 0; chunk < chunks.count(); chunk++) pullBack(chunk);
    }

    private void project(int chunk) {
      try (Tape tape = op.engine.tape()) {
        place(op.engine.toHost(op.model.projections(tape, chunks.pairs(chunk))), chunk);
      }
    }

    private void lossOfAll(Kernels kernels) {
      try (Tape tape = op.engine.tape()) {
        Tensor all = tape.constant(Shape.of(2 * op.batch.batchSize(), op.model.config().projection()), projections)
            .requiringGradient(true);
        Tensor loss = new NtXentLoss(op.temperature).of(tape, all);
        kernels.transfer().copy(loss.storage(), output.storage());
        kernels.transfer().download(tape.backward(loss).of(all).storage(), dProjections, 0);
      }
    }

    private void pullBack(int chunk) {
      try (Tape tape = op.engine.tape()) {
        Tensor rows = op.model.projections(tape, chunks.pairs(chunk)); // [2·chunk, D]
        sum.add(tape.backward(rows, tape.constant(rows.shape(), dRows(chunk))), 1);
      }
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, Gradients into) {
      sum.into(into, dOutput);
    }

    /// Puts the projections of a chunk, first views and second views, among those of the batch.
    private void place(float[] rows, int chunk) {
      int half = rows.length / 2;
      System.arraycopy(rows, 0, projections, firstViews(chunk), half);
      System.arraycopy(rows, half, projections, secondViews(chunk), half);
    }

    private float[] dRows(int chunk) {
      int half = chunks.size(chunk) * op.model.config().projection();
      float[] rows = new float[2 * half];
      System.arraycopy(dProjections, firstViews(chunk), rows, 0, half);
      System.arraycopy(dProjections, secondViews(chunk), rows, half, half);
      return rows;
    }

    private int firstViews(int chunk) {
      return chunks.start(chunk) * op.model.config().projection();
    }

    private int secondViews(int chunk) {
      return projections.length / 2 + firstViews(chunk);
    }
  }
}
