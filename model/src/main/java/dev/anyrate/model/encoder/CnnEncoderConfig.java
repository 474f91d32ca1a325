package dev.anyrate.model.encoder;

import dev.anyrate.model.layers.Initializer;
import java.util.List;

/// Sizes of a [CnnEncoder].
///
/// @param inputChannels channels of the series
/// @param hidden        channels of every level
/// @param embedding     size of the linear embedding
/// @param stemKernel    taps of the first convolution, odd
/// @param blockKernel   taps of the convolutions in the blocks, odd
/// @param dilations     one residual block for each, with that many samples from tap to tap
public record CnnEncoderConfig(int inputChannels, int hidden, int embedding, int stemKernel, int blockKernel,
    List<Integer> dilations)
    implements
      EncoderConfig {
  static final String NAME = "cnn";

  public CnnEncoderConfig {
    requirePositive("inputChannels", inputChannels);
    requirePositive("hidden", hidden);
    requirePositive("embedding", embedding);
    requireOdd("stemKernel", stemKernel);
    requireOdd("blockKernel", blockKernel);
    dilations = List.copyOf(dilations);
    dilations.forEach(dilation -> requirePositive("dilation", dilation));
  }

  /// The plain design: stem of 7 taps, three blocks of 3 taps.
  public static CnnEncoderConfig reference(int inputChannels, int hidden, int embedding) {
    return new CnnEncoderConfig(inputChannels, hidden, embedding, 7, 3, List.of(1, 1, 1));
  }

  /// The encoder that keeps its accuracy across rates: blocks of 5 taps with dilation 1, 4, 16, so that the last one sees 175 samples.
  public static CnnEncoderConfig dilated(int inputChannels, int hidden, int embedding) {
    return new CnnEncoderConfig(inputChannels, hidden, embedding, 7, 5, List.of(1, 4, 16));
  }

  /// The same with other blocks.
  ///
  /// @param others one residual block for each
  public CnnEncoderConfig withDilations(List<Integer> others) {
    return new CnnEncoderConfig(inputChannels, hidden, embedding, stemKernel, blockKernel, others);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int pooledSize() {
    return (1 + dilations.size()) * LevelStatistics.COUNT * hidden;
  }

  @Override
  public void requireSamples(int samples, String whose) {
    for (int dilation : dilations) {
      if (dilation >= samples) {
        throw new IllegalArgumentException("dilations: " + dilation + " samples from tap to tap, but " + whose + " is " + samples
            + ", so that all taps but one would fall beside every series; give less than " + samples);
      }
    }
  }

  @Override
  public Encoder create(Initializer initializer) {
    return new CnnEncoder(this, initializer);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) throw new IllegalArgumentException("cnn encoder: " + name + " is " + value + "; give 1 or more");
  }

  private static void requireOdd(String name, int value) {
    if (value < 1 || value % 2 == 0) {
      throw new IllegalArgumentException(
          "cnn encoder: " + name + " is " + value + "; give an odd number, so that the length is kept");
    }
  }
}
