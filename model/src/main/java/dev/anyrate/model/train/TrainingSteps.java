package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.layers.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The steps of a run, one for each shape of batch that came along. The batches of an epoch differ by one pair at most, so these are one or two; they share their memory.
final class TrainingSteps implements AutoCloseable {
  private final Engine engine;
  private final ContrastiveModel model;
  private final float temperature;
  private final List<Parameter> parameters;
  private final List<Tensor> recordedWith = new ArrayList<>();
  private final StepMemory memory;
  private final List<TrainingStep> steps = new ArrayList<>();

  TrainingSteps(Engine engine, ContrastiveModel model, float temperature) {
    this.engine = engine;
    this.model = model;
    this.temperature = temperature;
    this.parameters = model.parameters();
    this.memory = engine.stepMemory();
  }

  /// The step for a batch, recorded now if there was none of its shape yet.
  TrainingStep of(PairedBatch batch) {
    if (!parametersAreAsRecorded()) forget();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).fits(batch)) return steps.get(i);
    }
    var step = new TrainingStep(engine, memory, model, temperature, batch);
    steps.add(step);
    return step;
  }

  /// What the largest step so far needs; empty before the first one.
  Optional<MemoryUse> memory() {
    return steps.stream().map(TrainingStep::memory).max(Comparator.comparingLong(MemoryUse::peak));
  }

  /// False if a parameter was frozen or set free since: then other gradients are asked for.
  private boolean parametersAreAsRecorded() {
    if (recordedWith.size() != parameters.size()) return false;
    for (int i = 0; i < recordedWith.size(); i++) {
      if (parameters.get(i).tensor() != recordedWith.get(i)) return false;
    }
    return true;
  }

  private void forget() {
    steps.forEach(TrainingStep::close);
    steps.clear();
    recordedWith.clear();
    parameters.forEach(parameter -> recordedWith.add(parameter.tensor()));
  }

  @Override
  public void close() {
    forget();
    memory.close();
  }
}
