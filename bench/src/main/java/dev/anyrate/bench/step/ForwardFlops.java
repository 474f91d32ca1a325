package dev.anyrate.bench.step;

import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import dev.anyrate.model.layers.PatchLayer;

/// Operations of the forward pass over one series: a multiplication and an addition for each pair of numbers that a convolution, a linear map or attention joins. The rest is
/// small beside them.
final class ForwardFlops {
  private ForwardFlops() {}

  /// From the series to its linear embedding.
  static double ofEncoder(EncoderConfig encoder, int length) {
    return 2 * switch (encoder) {
      case CnnEncoderConfig cnn -> cnn(cnn, length);
      case TransformerEncoderConfig transformer -> transformer(transformer, length);
    };
  }

  /// From the embedding to the projection.
  static double ofHead(ModelConfig model) {
    double embedding = model.encoder().embedding();
    return 2 * embedding * (embedding + model.projection());
  }

  private static double cnn(CnnEncoderConfig cnn, int length) {
    double hidden = cnn.hidden();
    double stem = hidden * cnn.inputChannels() * cnn.stemKernel();
    double blocks = cnn.dilations().size() * 2 * hidden * hidden * cnn.blockKernel();
    return length * (stem + blocks) + hidden * cnn.embedding();
  }

  /// Of a block, for each patch: queries, keys, values and the map behind attention; scores and mix over all patches; two maps to and from twice the width.
  private static double transformer(TransformerEncoderConfig transformer, int length) {
    double hidden = transformer.hidden();
    int padding = PatchLayer.padding(transformer.patch(), transformer.stride());
    double patches = (length + 2 * padding - transformer.patch()) / transformer.stride() + 1;
    double block = 4 * hidden * hidden + 2 * patches * hidden + 4 * hidden * hidden;
    return patches * (hidden * transformer.inputChannels() * transformer.patch() + transformer.layers() * block)
        + hidden * transformer.embedding();
  }
}
