package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.autograd.Program;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;

/// Loss and gradients of a model for batches of one shape.
final class TrainingStep implements RecordedStep {
  private final BatchInput input;
  private final Program program;

  /// @param memory    shared with the steps for other shapes
  /// @param precision of the activations that are kept for the backward pass
  /// @param example   a batch of the shape
  TrainingStep(Engine engine, StepMemory memory, Precision precision, ContrastiveModel model, float temperature,
      PairedBatch example) {
    this.input = new BatchInput(engine, example);
    try (Recording recording = engine.recording(memory, precision)) {
      this.program = recording.differentiate(model.contrastiveLoss(recording, input.views(), input.lengths(), temperature));
    } catch (RuntimeException failure) {
      input.close();
      throw failure;
    }
  }

  /// The steps of a run.
  static RecordedSteps<TrainingStep> of(Engine engine, Precision precision, ContrastiveModel model, float temperature) {
    return new RecordedSteps<>(engine, model,
        (memory, example) -> new TrainingStep(engine, memory, precision, model, temperature, example));
  }

  @Override
  public boolean fits(PairedBatch batch) {
    return input.fits(batch);
  }

  /// Computes the loss of a batch and its [#gradients()]. On a device both stay there.
  ///
  /// @param batch of this step's shape
  /// @return one element, valid until the next run
  Tensor run(PairedBatch batch) {
    input.write(batch);
    program.run();
    return program.output();
  }

  /// Of the last run.
  Gradients gradients() {
    return program.gradients();
  }

  @Override
  public MemoryUse memory() {
    MemoryUse planned = program.memory();
    return new MemoryUse(planned.activations(), planned.peak() + input.bytes());
  }

  @Override
  public void close() {
    program.close();
    input.close();
  }
}
