package dev.anyrate.model.encoder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.anyrate.model.layers.Initializer;

/// Sizes of an encoder. Part of every checkpoint, as JSON with the encoder's name under `type`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = CnnEncoderConfig.class, name = CnnEncoderConfig.NAME),
    @JsonSubTypes.Type(value = TransformerEncoderConfig.class, name = TransformerEncoderConfig.NAME)})
public sealed interface EncoderConfig permits CnnEncoderConfig, TransformerEncoderConfig {
  /// Name of the encoder, as `--encoder` takes it.
  @JsonIgnore
  String name();

  /// Channels of the series.
  int inputChannels();

  /// Size of the linear embedding.
  int embedding();

  /// Size of the pooled embedding.
  @JsonIgnore
  int pooledSize();

  /// Samples that a batch must at least be padded to; a series itself may be shorter.
  @JsonIgnore
  default int shortestSeries() {
    return 1;
  }

  /// Refuses to be trained on series of which this encoder would see less than it is made for.
  ///
  /// @param samples of the shortest one
  /// @param whose   they are, for the message: "the shortest series"
  /// @throws IllegalArgumentException if that is too short
  default void requireSamples(int samples, String whose) {}

  /// Builds the encoder with fresh parameters.
  ///
  /// @param initializer scope of the encoder
  Encoder create(Initializer initializer);
}
