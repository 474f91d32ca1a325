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
import java.util.function.BiFunction;

/// The recorded steps of a run, one for each shape of batch that came along. The batches of an epoch differ by one pair at most, and so do the chunks of a batch: these are one or two
/// steps, and they share their memory.
final class RecordedSteps<S extends RecordedStep> implements AutoCloseable {
  private final List<Parameter> parameters;
  private final BiFunction<StepMemory, PairedBatch, S> record;
  private final List<Tensor> recordedWith = new ArrayList<>();
  private final StepMemory memory;
  private final List<S> steps = new ArrayList<>();

  /// @param model  that the steps are of
  /// @param record makes the step for batches like the given one, in the given memory
  RecordedSteps(Engine engine, ContrastiveModel model, BiFunction<StepMemory, PairedBatch, S> record) {
    this.parameters = model.parameters();
    this.record = record;
    this.memory = engine.stepMemory();
  }

  /// The step for a batch, recorded now if there was none of its shape yet.
  S of(PairedBatch batch) {
    if (!parametersAreAsRecorded()) forget();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).fits(batch)) return steps.get(i);
    }
    S step = record.apply(memory, batch);
    steps.add(step);
    return step;
  }

  /// What the largest step so far needs; empty before the first one.
  Optional<MemoryUse> memory() {
    return steps.stream().map(RecordedStep::memory).max(Comparator.comparingLong(MemoryUse::peak));
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
    steps.forEach(RecordedStep::close);
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
