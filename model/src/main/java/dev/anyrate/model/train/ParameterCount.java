package dev.anyrate.model.train;

import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;

/// The trained numbers of a model, counted from its sizes alone: a model that does not fit in the heap cannot be built to count them.
final class ParameterCount {
  private ParameterCount() {}

  static long of(ModelConfig model) {
    long embedding = model.encoder().embedding();
    return encoder(model.encoder()) + linear(embedding, embedding) + linear(embedding, model.projection());
  }

  private static long encoder(EncoderConfig encoder) {
    long hidden = switch (encoder) {
      case CnnEncoderConfig cnn -> cnn.hidden();
      case TransformerEncoderConfig transformer -> transformer.hidden();
    };
    long norm = 2 * hidden;
    long features = switch (encoder) {
      case CnnEncoderConfig cnn -> {
        long convolutions = 2L * cnn.dilations().size();
        yield linear((long) cnn.inputChannels() * cnn.stemKernel(), hidden) + norm
            + convolutions * (linear(hidden * cnn.blockKernel(), hidden) + norm);
      }
      case TransformerEncoderConfig transformer -> {
        long attention = linear(hidden, 3 * hidden) + linear(hidden, hidden);
        long feedForward = linear(hidden, 2 * hidden) + linear(2 * hidden, hidden);
        yield linear((long) transformer.inputChannels() * transformer.patch(), hidden)
            + transformer.layers() * (attention + feedForward + 2 * norm) + norm;
      }
    };
    return features + linear(hidden, encoder.embedding());
  }

  /// Weight and bias of a linear map, or of a convolution, which is one of a window.
  private static long linear(long inputs, long outputs) {
    return inputs * outputs + outputs;
  }
}
