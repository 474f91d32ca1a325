package dev.anyrate.model.encoder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Which encoder a run trains, and the settings that only this kind has. Sizes that all kinds have are settings of the run.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = EncoderOptions.Cnn.class, name = CnnEncoderConfig.NAME),
    @JsonSubTypes.Type(value = EncoderOptions.Transformer.class, name = TransformerEncoderConfig.NAME)})
public sealed interface EncoderOptions {
  /// Name of the encoder, as `--encoder` takes it.
  @JsonIgnore
  String name();

  /// The convolutional encoder; the preset decides its blocks.
  record Cnn() implements EncoderOptions {
    @Override
    public String name() {
      return CnnEncoderConfig.NAME;
    }
  }

  /// The transformer; components as those of [TransformerEncoderConfig].
  record Transformer(int layers, int heads, int patch, int stride, float dropout) implements EncoderOptions {
    /// The settings where the user says nothing: those of [TransformerEncoderConfig#reference].
    public static Transformer reference() {
      TransformerEncoderConfig plain = TransformerEncoderConfig.reference(1, 4, 1);
      return new Transformer(plain.layers(), plain.heads(), plain.patch(), plain.stride(), plain.dropout());
    }

    /// The encoder of these settings.
    ///
    /// @throws IllegalArgumentException if they do not fit each other or the width
    public TransformerEncoderConfig sizes(int inputChannels, int hidden, int embedding) {
      return new TransformerEncoderConfig(inputChannels, hidden, embedding, layers, heads, patch, stride, dropout);
    }

    @Override
    public String name() {
      return TransformerEncoderConfig.NAME;
    }
  }
}
