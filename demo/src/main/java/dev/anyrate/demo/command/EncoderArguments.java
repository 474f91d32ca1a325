package dev.anyrate.demo.command;

import dev.anyrate.model.encoder.EncoderOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which encoder to train, and the options that only one of them has.
final class EncoderArguments {
  @Option(names = "--encoder", paramLabel = "NAME", description = "cnn or transformer (default: cnn)")
  private EncoderName encoder;

  @Option(names = "--layers", paramLabel = "N", description = "transformer: blocks (default: 2)")
  private Integer layers;

  @Option(names = "--heads", paramLabel = "N", description = "transformer: heads of attention, which divide --hidden (default: 4)")
  private Integer heads;

  @Option(names = "--patch", paramLabel = "N", description = "transformer: samples of a patch (default: 8)")
  private Integer patch;

  @Option(names = "--stride", paramLabel = "N", description = "transformer: samples from one patch to the next (default: 4)")
  private Integer stride;

  @Option(names = "--dropout", paramLabel = "X", description = "transformer: share of zeros in training (default: 0)")
  private Float dropout;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  EncoderArguments() {}

  /// The encoder of a new run.
  EncoderOptions options() {
    if (encoder == EncoderName.TRANSFORMER) return over(EncoderOptions.Transformer.reference());
    requireNone();
    return new EncoderOptions.Cnn();
  }

  /// The encoder of a run that goes on, with what the user said over it, to be compared.
  EncoderOptions over(EncoderOptions run) {
    EncoderOptions base = encoder == null || encoder.name().equalsIgnoreCase(run.name()) ? run : options();
    return switch (base) {
      case EncoderOptions.Cnn cnn -> {
        requireNone();
        yield cnn;
      }
      case EncoderOptions.Transformer usual ->
        new EncoderOptions.Transformer(or(layers, usual.layers()), or(heads, usual.heads()),
            or(patch, usual.patch()), or(stride, usual.stride()), or(dropout, usual.dropout()));
    };
  }

  /// The CNN has none of these options; to drop them silently would surprise.
  private void requireNone() {
    for (String option : new String[] {"--layers", "--heads", "--patch", "--stride", "--dropout"}) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(spec.commandLine(),
            option + " is a setting of the transformer; add --encoder transformer, or leave it out");
      }
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
