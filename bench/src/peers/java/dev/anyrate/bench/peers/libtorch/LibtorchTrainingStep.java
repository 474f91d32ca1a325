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
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.train.Optimization;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Map;
import java.util.function.UnaryOperator;

/// One training step: loss of two views, gradients, AdamW.
final class LibtorchTrainingStep {
  private final NDManager root;
  private final LibtorchParameters parameters;
  private final UnaryOperator<NDArray> encoder;
  private final TrainingConfig config;
  private final Optimizer adam;
  private final NDArray views; // [2B, 1, L]
  private float loss;

  private LibtorchTrainingStep(NDManager root, LibtorchParameters parameters, UnaryOperator<NDArray> encoder, TrainedPreset preset) {
    this.root = root;
    this.parameters = parameters;
    this.encoder = encoder;
    this.config = preset.training(preset.series(preset.pairs()), preset.pairs());
    Optimization optimization = config.optimization();
    this.adam = Optimizer.adamW().optLearningRateTracker(Tracker.fixed(optimization.learningRate()))
        .optWeightDecays(optimization.weightDecay()).build();
    int series = 2 * preset.pairs();
    this.views = root.create(Inputs.uniform(1, series * TrainedPreset.LENGTH), new Shape(series, 1, TrainedPreset.LENGTH));
  }

  static Call cnn(NDManager root, TrainedPreset preset) {
    var parameters = new LibtorchParameters(root, true);
    var cnn = new LibtorchCnn(root, (CnnEncoderConfig) preset.model().encoder(), parameters, true);
    return new LibtorchTrainingStep(root, parameters, cnn::embed, preset).call();
  }

  /// The reference Transformer, trained as the reference CNN is.
  static Call transformer(NDManager root) {
    var parameters = new LibtorchParameters(root, true);
    var transformer = new LibtorchTransformer(parameters, 128, 64);
    return new LibtorchTrainingStep(root, parameters, transformer::embed, TrainedPreset.REFERENCE).call();
  }

  private Call call() {
    return Call.of(this::step, () -> new float[] {loss});
  }

  private void step() {
    try (NDManager scope = root.newSubManager(); GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = views.stopGradient();
      x.attach(scope);
      NDArray embedding = encoder.apply(x);
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
