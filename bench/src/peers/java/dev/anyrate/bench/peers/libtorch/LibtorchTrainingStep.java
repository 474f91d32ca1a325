package dev.anyrate.bench.peers.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.model.train.Optimization;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Map;

/// One training step: loss of two views, gradients, AdamW.
final class LibtorchTrainingStep {
  private final NDManager root;
  private final LibtorchParameters parameters;
  private final LibtorchEncoder encoder;
  private final TrainingConfig config;
  private final Optimizer adam;
  private final NDArray views; // [2B, 1, L]
  private float loss;

  private LibtorchTrainingStep(NDManager root, TrainedPreset preset) {
    this.root = root;
    this.parameters = new LibtorchParameters(root, true);
    this.encoder = LibtorchEncoder.of(root, preset.model().encoder(), parameters, true);
    this.config = preset.training(preset.series(preset.pairs()), preset.pairs());
    Optimization optimization = config.optimization();
    this.adam = Optimizer.adamW().optLearningRateTracker(Tracker.fixed(optimization.learningRate()))
        .optWeightDecays(optimization.weightDecay()).build();
    int series = 2 * preset.pairs();
    this.views = root.create(Inputs.uniform(1, series * TrainedPreset.LENGTH), new Shape(series, 1, TrainedPreset.LENGTH));
  }

  static Call prepare(NDManager root, TrainedPreset preset) {
    var step = new LibtorchTrainingStep(root, preset);
    return Call.of(step::step, () -> new float[] {step.loss});
  }

  private void step() {
    try (NDManager scope = root.newSubManager(); GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = views.stopGradient();
      x.attach(scope);
      NDArray embedding = encoder.embed(x);
      int size = config.sizes().embedding();
      NDArray hidden = Activation.relu(parameters.linear(embedding, "head.projection1", size, size));
      NDArray projection = parameters.linear(hidden, "head.projection2", size, config.sizes().projection());
      NDArray result = LibtorchNtXent.loss(projection, config.temperature());
      gradients.backward(result);
      loss = result.getFloat();
    }
    for (Map.Entry<String, NDArray> parameter : parameters.byName().entrySet()) {
      try (NDArray gradient = parameter.getValue().getGradient()) {
        adam.update(parameter.getKey(), parameter.getValue(), gradient);
        gradient.subi(gradient);
      }
    }
  }
}
