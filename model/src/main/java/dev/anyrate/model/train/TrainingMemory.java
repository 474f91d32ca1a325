package dev.anyrate.model.train;

import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;

/// An estimate of the memory that training takes, from the configuration alone, so that a batch which cannot fit is refused before the
/// first step and not somewhere in it.
///
/// @param activations bytes that one forward pass keeps for the backward pass, and the gradients on the way back
/// @param weights     bytes of parameters, their gradients, moments, sums and averages
/// @param loss        bytes of the projections of a whole batch
/// @param encoding    bytes of the features when the training series are embedded, as it happens in between to find the embedding's scale; the memory of the recorded steps stays with them meanwhile
/// @param finish      bytes of what is done with the embeddings after the last step, beside all that: whitening and features of kernels, or a look at whether they are all
///                    alike
/// @param kernels     features of fixed kernels; 0 for none
public record TrainingMemory(long activations, long weights, long loss, long encoding, long finish, int kernels) {
  /// Gradients of features that are alive at once on the way back: of a block's result, its shortcut and what is between.
  private static final int GRADIENTS = 3;
  /// Projections, their unit rows in panels, and their gradients.
  private static final int COPIES_OF_PROJECTIONS = 3;
  /// A heap holds the program besides, and cannot be filled: its collector keeps young and old objects apart. A run of 55 MiB by this estimate needs -Xmx73m, one of 108 MiB -Xmx140m.
  private static final long PROGRAM = 4L << 20;
  private static final double HEAP_FOR_BYTE = 1.25;

  /// @param series to train on
  /// @param pairs  in a batch, never more than there are series
  /// @param length samples of a view
  static TrainingMemory of(ModelConfig model, TrainingConfig config, int series, int pairs, int length) {
    int atOnce = config.chunk() == 0 ? pairs : Math.min(config.chunk(), pairs);
    long samples = 2L * atOnce * length; // both views
    long copies = 4 + (config.chunk() == 0 ? 0 : 2) + (config.optimization().averaging() == 0 ? 0 : 1); // itself, its gradient, two moments
    int bytesOfFeature = config.precision() == Precision.BF16 ? Float.BYTES / 2 : Float.BYTES;
    long activations = samples
        * (bytesOfFeature * featuresPerSample(model.encoder()) + Float.BYTES * gradientsPerSample(model.encoder()));
    long encoded = Math.min((long) series * length, Math.max(length, ContrastiveModel.SAMPLES_TOGETHER));
    long encoding = Float.BYTES * encoded * encodedPerSample(model.encoder());
    return new TrainingMemory(activations, Float.BYTES * copies * ParameterCount.of(model),
        (long) Float.BYTES * COPIES_OF_PROJECTIONS * 2 * pairs * model.projection(),
        encoding, Math.max(ContrastiveModel.whiteningBytes(model, series), healthBytes(model.embeddingSize(), series)),
        model.kernels());
  }

  /// Embeddings, twice in double, and the smaller of their two products.
  private static long healthBytes(int numbers, int series) {
    long rows = Math.min(series, TrainingSession.HEALTH_SERIES);
    long smaller = Math.min(rows, numbers);
    return (Float.BYTES + 2L * Double.BYTES) * rows * numbers + Double.BYTES * smaller * smaller;
  }

  private static long featuresPerSample(EncoderConfig encoder) {
    return switch (encoder) {
      // the series as two views, joined, and with channels last; each convolution's result and its normalised form
      case CnnEncoderConfig cnn -> 3L * cnn.inputChannels() + 2 * convolutions(cnn) * cnn.hidden();
      case TransformerEncoderConfig transformer -> {
        // of a block: two norms, queries, keys, values, what attention gives, its map, two sums, the feed-forward layer of twice the width before and behind
        // GELU, and its map; around the blocks patches, positions, their sum and the last norm
        long ofPatch = (13L * transformer.layers() + 4) * transformer.hidden();
        yield 3L * transformer.inputChannels() + ofPatch / transformer.stride();
      }
    };
  }

  /// As in training, but that a convolution of the CNN leaves its normalised form only.
  private static long encodedPerSample(EncoderConfig encoder) {
    return switch (encoder) {
      case CnnEncoderConfig cnn -> 3L * cnn.inputChannels() + convolutions(cnn) * cnn.hidden();
      case TransformerEncoderConfig transformer -> featuresPerSample(transformer);
    };
  }

  private static long convolutions(CnnEncoderConfig cnn) {
    return 1 + 2L * cnn.dilations().size();
  }

  private static long gradientsPerSample(EncoderConfig encoder) {
    return switch (encoder) {
      case CnnEncoderConfig cnn -> (long) GRADIENTS * cnn.hidden();
      case TransformerEncoderConfig transformer -> (long) GRADIENTS * transformer.hidden() / transformer.stride();
    };
  }

  /// All together.
  public long bytes() {
    return activations + weights + loss + encoding + finish;
  }

  /// @param pool     memory of the backend that trains
  /// @param shorter  whether all series may as well be brought to a shorter length
  /// @throws IllegalArgumentException if this is more than it has
  void requireWithin(MemoryPool pool, int pairs, int length, boolean shorter) {
    boolean onHeap = pool instanceof HeapMemory;
    long needed = onHeap ? (long) (HEAP_FOR_BYTE * bytes()) + PROGRAM : bytes();
    if (needed <= pool.capacity()) return;
    boolean byBatch = activations + loss > finish;
    String remedy = byBatch
        ? "a smaller --batch or --chunk, --precision bf16, " + (shorter ? "a shorter --length, " : "")
        : kernels > 0 ? "--kernels 0, " : "";
    throw new IllegalArgumentException("batch: " + pairs + " pairs of " + length + " samples, with " + weights
        + " bytes for weights and optimiser, need about " + needed + " bytes in training"
        + (byBatch ? "" : ", " + finish + " of them behind the last epoch") + ", and the " + (onHeap ? "heap" : "device")
        + " has " + pool.capacity() + "; give " + remedy + "fewer --hidden channels, or "
        + (onHeap ? "a larger heap: ANYRATE_JAVA_OPTIONS=-Xmx" + gibibytes() + "g" : "another --backend"));
  }

  /// A heap that is large enough, with room for series and files.
  private long gibibytes() {
    return bytes() / (1L << 30) * 5 / 4 + 2;
  }
}
