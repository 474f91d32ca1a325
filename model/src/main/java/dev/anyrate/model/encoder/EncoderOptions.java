package dev.anyrate.model.encoder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// Which encoder a run trains, and the settings that only this kind has. Sizes that all kinds have are settings of the run.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = EncoderOptions.Cnn.class, name = CnnEncoderConfig.NAME),
    @JsonSubTypes.Type(value = EncoderOptions.Transformer.class, name = TransformerEncoderConfig.NAME)})
public sealed interface EncoderOptions {
  /// Name of the encoder, as `--encoder` takes it.
  @JsonIgnore
  String name();

  /// The convolutional encoder.
  ///
  /// @param dilations one residual block for each, with that many samples from tap to tap; empty for the blocks of the preset
  record Cnn(List<Integer> dilations) implements EncoderOptions {
    /// @throws IllegalArgumentException if one is below 1
    public Cnn {
      dilations = dilations == null ? List.of() : List.copyOf(dilations); // null: a state from before there was a choice
      for (int dilation : dilations) {
        if (dilation < 1) {
          throw new IllegalArgumentException("dilations: " + dilation + "; give 1 sample or more for each block, such as 1,4,16");
        }
      }
    }

    /// With the blocks of the preset.
    public Cnn() {
      this(List.of());
    }

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
