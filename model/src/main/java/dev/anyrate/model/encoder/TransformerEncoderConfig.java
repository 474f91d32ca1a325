package dev.anyrate.model.encoder;

import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.PatchLayer;

/// Sizes of a [TransformerEncoder].
///
/// @param inputChannels channels of the series
/// @param hidden        width of every level
/// @param embedding     size of the linear embedding
/// @param layers        blocks
/// @param heads         of attention; divide `hidden`
/// @param patch         samples that one row sees at first
/// @param stride        samples from one patch to the next, at most `patch`
/// @param dropout       share of zeros behind attention and feed-forward in training, 0 for none
public record TransformerEncoderConfig(int inputChannels, int hidden, int embedding, int layers, int heads, int patch, int stride,
    float dropout)
    implements
      EncoderConfig {
  static final String NAME = "transformer";

  public TransformerEncoderConfig {
    requirePositive("inputChannels", inputChannels);
    requirePositive("hidden", hidden);
    requirePositive("embedding", embedding);
    requirePositive("layers", layers);
    requirePositive("heads", heads);
    requirePositive("patch", patch);
    requirePositive("stride", stride);
    require(hidden % heads == 0, "hidden is " + hidden + ", which " + heads + " heads do not divide",
        "give a width such as " + Math.ceilDiv(hidden, heads) * heads + ", or another number of heads");
    require(stride <= patch, "stride is " + stride + ", patch " + patch,
        "give a stride of at most the patch, so that every sample is seen");
    require(dropout >= 0 && dropout < 1, "dropout is " + dropout, "give 0 up to, not including, 1");
  }

  /// The plain design: patches of 8 samples every 4, two blocks of 4 heads, no dropout.
  public static TransformerEncoderConfig reference(int inputChannels, int hidden, int embedding) {
    return new TransformerEncoderConfig(inputChannels, hidden, embedding, 2, 4, 8, 4, 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int pooledSize() {
    return (1 + layers) * LevelStatistics.COUNT * hidden;
  }

  @Override
  public int shortestSeries() {
    return Math.max(1, patch - 2 * PatchLayer.padding(patch, stride));
  }

  @Override
  public void requireSamples(int samples, String whose) {
    require(patch <= samples, "a patch of " + patch + " samples is longer than " + whose + ", " + samples,
        "give a smaller patch");
  }

  @Override
  public Encoder create(Initializer initializer) {
    return new TransformerEncoder(this, initializer);
  }

  private static void requirePositive(String name, int value) {
    require(value >= 1, name + " is " + value, "give 1 or more");
  }

  private static void require(boolean holds, String fact, String remedy) {
    if (!holds) throw new IllegalArgumentException("transformer encoder: " + fact + "; " + remedy);
  }
}
