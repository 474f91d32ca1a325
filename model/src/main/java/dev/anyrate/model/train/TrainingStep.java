package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.autograd.Program;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;

/// Loss and gradients of a model for batches of one shape: recorded once, then run for each of them.
final class TrainingStep implements AutoCloseable {
  private final Engine engine;
  private final Tensor views; // [2B, C, L]
  private final Tensor lengths; // [2B]
  private final float[] viewValues;
  private final float[] lengthValues;
  private final Program program;

  /// @param memory  shared with the steps for other shapes
  /// @param example a batch of the shape
  TrainingStep(Engine engine, StepMemory memory, ContrastiveModel model, float temperature, PairedBatch example) {
    this.engine = engine;
    this.viewValues = new float[2 * example.view1().length];
    this.lengthValues = new float[2 * example.batchSize()];
    this.views = engine.full(Shape.of(lengthValues.length, example.channels(), example.length()), 0);
    this.lengths = engine.full(Shape.of(lengthValues.length), 0);
    try (Recording recording = engine.recording(memory)) {
      this.program = recording.differentiate(model.contrastiveLoss(recording, views, lengths, temperature));
    }
  }

  /// Whether a batch has the shape that this step was recorded for.
  boolean fits(PairedBatch batch) {
    return 2 * batch.batchSize() == views.dim(0) && batch.channels() == views.dim(1) && batch.length() == views.dim(2);
  }

  /// Computes the loss of a batch and its [#gradients()]. On a device both stay there.
  ///
  /// @param batch of this step's shape
  /// @return one element, valid until the next run
  Tensor run(PairedBatch batch) {
    System.arraycopy(batch.view1(), 0, viewValues, 0, batch.view1().length);
    System.arraycopy(batch.view2(), 0, viewValues, batch.view1().length, batch.view2().length);
    for (int i = 0; i < batch.batchSize(); i++) {
      lengthValues[i] = batch.lengths1()[i];
      lengthValues[batch.batchSize() + i] = batch.lengths2()[i];
    }
    engine.kernels().transfer().upload(viewValues, 0, views.storage());
    engine.kernels().transfer().upload(lengthValues, 0, lengths.storage());
    program.run();
    return program.output();
  }

  /// Of the last run.
  Gradients gradients() {
    return program.gradients();
  }

  /// What this step needs beside parameters and optimiser.
  MemoryUse memory() {
    MemoryUse planned = program.memory();
    return new MemoryUse(planned.activations(), planned.peak() + (long) Float.BYTES * (views.size() + lengths.size()));
  }

  @Override
  public void close() {
    program.close();
    views.storage().close();
    lengths.storage().close();
  }
}
