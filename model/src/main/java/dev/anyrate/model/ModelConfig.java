package dev.anyrate.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.minirocket.MiniRocket;
import java.util.Objects;

/// Everything that decides a model's structure. Part of every checkpoint.
///
/// @param encoder    sizes of the encoder
/// @param projection size of the projection that the loss sees
/// @param embedding  which output of the encoder is the embedding
/// @param compact    numbers that a pooled embedding is brought to when training ends, see [ViewWhitening]; 0 for 1,024, or all that encoder and kernels give if they are fewer
/// @param kernels    features of fixed kernels, which make half of a pooled embedding when training ends, see [KernelFeatures]; a multiple of 84, 0 for none
public record ModelConfig(EncoderConfig encoder, int projection, EmbeddingKind embedding,
    @JsonProperty(required = true) int compact, int kernels) { // required: a file without it is from before embeddings were whitened, and lacks the map
  /// Features of fixed kernels, 59 of each, where nobody chooses: half of them are as good at the native rate and lose 0.05 of the retrieval of a cut series, twice as many gain
  /// nothing (`docs/design-notes.md`).
  public static final int USUAL_KERNELS = 59 * MiniRocket.FEWEST_FEATURES;

  /// The size of an embedding, where nobody chooses it.
  private static final int USUAL_NUMBERS = 1024;

  /// @throws IllegalArgumentException if a size is out of bounds, or two settings contradict each other
  public ModelConfig {
    Objects.requireNonNull(encoder, "model: no encoder");
    Objects.requireNonNull(embedding, "model: no kind of embedding");
    if (projection < 1) throw new IllegalArgumentException("model: projection size is " + projection + "; give 1 or more");
    if (compact < 0) throw new IllegalArgumentException("compact: " + compact + "; give 1 number or more, or 0 for all");
    if (compact > 0 && embedding == EmbeddingKind.LINEAR) {
      throw new IllegalArgumentException("compact: " + compact
          + " numbers, but the model embeds by its linear map, whose size is chosen directly; leave compact out and give that size (dim)");
    }
    if (kernels < 0 || kernels % MiniRocket.FEWEST_FEATURES != 0) {
      throw new IllegalArgumentException("kernels: " + kernels + " features; give a multiple of " + MiniRocket.FEWEST_FEATURES
          + ", as there are as many for each kernel, or 0 for none");
    }
    if (kernels > 0 && embedding == EmbeddingKind.LINEAR) {
      throw new IllegalArgumentException(
          "kernels: " + kernels + " features, but the model embeds by its linear map alone; leave kernels out");
    }
    if (kernels > 0 && compact == 1) {
      throw new IllegalArgumentException("compact: 1 number of encoder and kernels; give 2 or more, or 0 kernels");
    }
    int most = Math.min(USUAL_NUMBERS, encoder.pooledSize() + kernels);
    if (compact > most) {
      throw new IllegalArgumentException(
          "compact: " + compact + " numbers, but the whole embedding has only " + most + "; give fewer, or 0 for all");
    }
  }

  /// A model whose embedding is made of the encoder alone: all that it gives, or if that is more, 1,024 numbers.
  public ModelConfig(EncoderConfig encoder, int projection, EmbeddingKind embedding) {
    this(encoder, projection, embedding, 0, 0);
  }

  /// Size of what the encoder gives.
  public int featureSize() {
    return switch (embedding) {
      case LINEAR -> encoder.embedding();
      case POOLED -> encoder.pooledSize();
    };
  }

  /// Size of an embedding of a trained model.
  public int embeddingSize() {
    return embedding == EmbeddingKind.LINEAR ? featureSize() : encoderNumbers() + kernelNumbers();
  }

  /// Numbers of a pooled embedding that come from the encoder: half of them, or more where the kernels have fewer features than that.
  int encoderNumbers() {
    return Math.min(featureSize(), Math.max(numbers() / 2, numbers() - kernels));
  }

  /// Numbers of a pooled embedding that come from fixed kernels.
  int kernelNumbers() {
    return Math.min(kernels, numbers() - encoderNumbers());
  }

  private int numbers() {
    return compact == 0 ? USUAL_NUMBERS : compact;
  }
}
