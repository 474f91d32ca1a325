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

/// The way of a chunk through the encoder and back, for chunks of one shape: its projections, and the gradients that belong to given gradients of these.
final class ProjectionStep implements RecordedStep {
  private final BatchInput input;
  private final Tensor dProjections; // [2B, D]
  private final Program program;

  /// @param memory    shared with the steps for other shapes
  /// @param precision of the activations that are kept for the backward pass
  /// @param example   a chunk of the shape
  ProjectionStep(Engine engine, StepMemory memory, Precision precision, ContrastiveModel model, PairedBatch example) {
    this.input = new BatchInput(engine, example);
    Tensor gradient = null;
    try (Recording recording = engine.recording(memory, precision)) {
      Tensor projections = model.projections(recording, input.views(), input.lengths());
      gradient = engine.full(projections.shape(), 0);
      this.program = recording.differentiate(projections, gradient);
    } catch (RuntimeException failure) {
      if (gradient != null) gradient.storage().close();
      input.close();
      throw failure;
    }
    this.dProjections = gradient;
  }

  /// The steps of a run in chunks.
  static RecordedSteps<ProjectionStep> of(Engine engine, Precision precision, ContrastiveModel model) {
    return new RecordedSteps<>(engine, model, (memory, example) -> new ProjectionStep(engine, memory, precision, model, example));
  }

  @Override
  public boolean fits(PairedBatch chunk) {
    return input.fits(chunk);
  }

  /// The projections of a chunk.
  ///
  /// @param chunk of this step's shape
  /// @return `[2B, D]`, first views before second views; valid until the next run
  Tensor project(PairedBatch chunk) {
    input.write(chunk);
    program.runForward();
    return program.output();
  }

  /// Gradient of the projections, to be written before it is pulled back.
  Tensor dProjections() {
    return dProjections;
  }

  /// Pulls the gradient of its projections back through a chunk.
  ///
  /// @return of the parameters, valid until the next run
  Gradients pullBack(PairedBatch chunk) {
    input.write(chunk);
    program.run();
    return program.gradients();
  }

  @Override
  public MemoryUse memory() {
    MemoryUse planned = program.memory();
    return new MemoryUse(planned.activations(), planned.peak() + input.bytes() + (long) Float.BYTES * dProjections.size());
  }

  @Override
  public void close() {
    program.close();
    dProjections.storage().close();
    input.close();
  }
}
