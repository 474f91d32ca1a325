package dev.anyrate.bench.peers.anyrate;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.peers.SharedParameters;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Program;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Optional;

/// One training step: loss, gradients, AdamW at a fixed rate. Gradients are not clipped, as DJL has no clipping by norm.
final class AnyrateTrainingStep {
  private AnyrateTrainingStep() {}

  static Call prepare(Engine engine, TrainedPreset preset) {
    TrainingConfig config = preset.training(preset.series(preset.pairs()), preset.pairs());
    ContrastiveModel model = model(engine, preset);
    var adam = Adam.adamW(engine, model.parameters(), config.optimization().learningRate(), config.optimization().weightDecay());
    int series = 2 * preset.pairs();
    Tensor views = Inputs.uniform(engine, 1, series, 1, TrainedPreset.LENGTH);
    Tensor lengths = engine.full(Shape.of(series), TrainedPreset.LENGTH);
    Program step;
    try (Recording recording = engine.recording(engine.stepMemory())) {
      step = recording.differentiate(model.contrastiveLoss(recording, views, lengths, config.temperature()));
    }
    float[] loss = new float[1];
    return Call.of(() -> {
      step.run();
      adam.step(step.gradients());
      engine.kernels().transfer().download(step.output().storage(), loss, 0);
    }, loss::clone);
  }

  /// The model of a preset with the parameters that all sides have.
  static ContrastiveModel model(Engine engine, TrainedPreset preset) {
    var model = ContrastiveModel.create(engine, preset.model(), Optional.empty(), 42);
    for (Parameter parameter : model.parameters()) {
      engine.write(parameter.tensor(), SharedParameters.values(parameter.name(), parameter.tensor().shape().dims()));
    }
    return model;
  }
}
