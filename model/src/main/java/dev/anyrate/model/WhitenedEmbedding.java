package dev.anyrate.model;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.StoredTensor;
import dev.anyrate.model.io.TensorTransfer;
import dev.anyrate.model.minirocket.MiniRocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a finished run makes embeddings of: the encoder's features, whitened, and beside them those of fixed kernels.
///
/// Part of the checkpoint of a finished run. Training itself does without: the maps are larger than the encoder, and would be copied with every save.
///
/// @param encoder map of the encoder's features
/// @param kernels empty for a model without
record WhitenedEmbedding(ViewWhitening encoder, Optional<KernelFeatures> kernels) implements AutoCloseable {
  /// Names of the maps in a checkpoint.
  private static final String ENCODER = "embedding.whitening";
  private static final String KERNEL_THRESHOLDS = "embedding.kernels.thresholds";
  private static final String KERNEL_WEIGHT = "embedding.kernels.weight";
  private static final String KERNEL_BIAS = "embedding.kernels.bias";

  private static final double STRENGTH = 20; // α of the encoder's features

  /// @param features    of the encoder, scaled, for the training series and their views
  /// @param preparation of the model; not empty if it has kernels
  /// @param fitted      kernels that were fitted to the same series before, to be copied; empty to fit them now
  static WhitenedEmbedding fit(Engine engine, ModelConfig config, Optional<InputPreparation> preparation, ViewFeatures features,
      Optional<KernelFeatures> fitted) {
    ViewWhitening encoder = ViewWhitening.fit(engine, features, config.encoderNumbers(), STRENGTH);
    try {
      if (config.kernels() == 0) return new WhitenedEmbedding(encoder, Optional.empty());
      KernelFeatures kernels = fitted.map(those -> those.copy(engine)).orElseGet(
          () -> KernelFeatures.fit(engine, preparation.orElseThrow(), features.views(), config.kernels(),
              config.kernelNumbers()));
      return new WhitenedEmbedding(encoder, Optional.of(kernels));
    } catch (RuntimeException | Error failure) {
      encoder.close();
      throw failure;
    }
  }

  /// Bytes on the heap that [#fit] works with.
  ///
  /// @param series N
  static long bytesToFit(ModelConfig config, int series) {
    int views = SeriesViews.count(series);
    long encoder = ViewWhitening.bytesToFit(views, series, config.featureSize(), config.encoderNumbers());
    return config.kernels() == 0
        ? encoder
        : Math.max(encoder, ViewWhitening.bytesToFit(views, series, config.kernels(), config.kernelNumbers()));
  }

  /// @param features of the encoder, scaled. Overwritten.
  /// @param prepared the same series as the encoder saw them
  /// @return `[N][config.embeddingSize()]`
  float[][] of(Engine engine, float[][] features, TimeSeriesSet prepared) {
    encoder.apply(engine, features);
    if (kernels.isEmpty()) return features;
    float[][] others = kernels.get().embed(engine, prepared);
    float[][] joined = new float[features.length][];
    for (int n = 0; n < joined.length; n++) joined[n] = joined(features[n], others[n]);
    return joined;
  }

  private static float[] joined(float[] first, float[] second) {
    float[] joined = new float[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /// What a checkpoint keeps of it, by name.
  Map<String, StoredTensor> store(Engine engine) {
    var stored = new HashMap<>(TensorTransfer.store(engine, Map.of(ENCODER, encoder.map())));
    kernels.ifPresent(fixed -> {
      stored.putAll(TensorTransfer.store(engine, Map.of(KERNEL_WEIGHT, fixed.weight(), KERNEL_BIAS, fixed.bias())));
      float[] thresholds = fixed.rocket().biases();
      stored.put(KERNEL_THRESHOLDS, new StoredTensor.Float32(Shape.of(thresholds.length), thresholds));
    });
    return stored;
  }

  /// Empty if the checkpoint is of a run that had not ended, or of a model whose embedding is not whitened.
  ///
  /// @throws CheckpointFormatException if a part is missing, or is of another model
  static Optional<WhitenedEmbedding> restore(Engine engine, SafeTensors file, ModelConfig config,
      Optional<InputPreparation> preparation, long seed) {
    if (!file.tensors().containsKey(ENCODER)) return Optional.empty();
    Shape ofEncoder = Shape.of(config.encoderNumbers(), config.featureSize());
    float[] map = file.floats(ENCODER, ofEncoder);
    Optional<KernelFeatures> kernels = config.kernels() == 0
        ? Optional.empty()
        : Optional.of(restoreKernels(engine, file, config, preparation.orElseThrow(), seed));
    return Optional.of(new WhitenedEmbedding(ViewWhitening.of(engine, ofEncoder, map), kernels));
  }

  private static KernelFeatures restoreKernels(Engine engine, SafeTensors file, ModelConfig config, InputPreparation preparation,
      long seed) {
    float[] thresholds = file.floats(KERNEL_THRESHOLDS, Shape.of(config.kernels()));
    float[] weight = file.floats(KERNEL_WEIGHT, Shape.of(config.kernelNumbers(), config.kernels()));
    float[] bias = file.floats(KERNEL_BIAS, Shape.of(config.kernelNumbers()));
    var rocket = MiniRocket.of(preparation.canonicalLength(), config.encoder().inputChannels(), seed, thresholds);
    return KernelFeatures.of(engine, rocket, weight, bias);
  }

  @Override
  public void close() {
    encoder.close();
    kernels.ifPresent(KernelFeatures::close);
  }
}
