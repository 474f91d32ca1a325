package dev.anyrate.demo.command;

import dev.anyrate.model.encoder.EncoderOptions;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which encoder to train, and the options that only one of them has.
final class EncoderArguments {
  @Option(names = "--encoder", paramLabel = "NAME", description = "cnn or transformer (default: cnn)")
  private EncoderName encoder;

  @Option(names = "--dilations", paramLabel = "N,N", description = "cnn of the preset invariant: a residual block for each, with so many samples from tap to tap (default: invariant 1,4,16, reference 1,1,1)")
  private WholeNumbers dilations;

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

  EncoderArguments() {}

  /// The encoder that the user asks for.
  ///
  /// @throws IllegalArgumentException if an option does not belong to it
  EncoderOptions options() {
    if (encoder != EncoderName.TRANSFORMER) {
      requireNone();
      return dilations == null ? new EncoderOptions.Cnn() : new EncoderOptions.Cnn(dilations.values());
    }
    refuse("--dilations", dilations, "cnn", "take --encoder cnn");
    EncoderOptions.Transformer usual = EncoderOptions.Transformer.reference();
    return new EncoderOptions.Transformer(OptionValues.or(layers, usual.layers()), OptionValues.or(heads, usual.heads()),
        OptionValues.or(patch, usual.patch()),
        OptionValues.or(stride, usual.stride()), OptionValues.or(dropout, usual.dropout()));
  }

  /// The settings by the names of these options.
  static void settings(EncoderOptions encoder, Map<String, Object> byName) {
    byName.put("encoder", encoder.name());
    switch (encoder) {
      case EncoderOptions.Cnn cnn -> byName.put("dilations", new WholeNumbers(cnn.dilations()).toString());
      case EncoderOptions.Transformer transformer -> {
        byName.put("layers", transformer.layers());
        byName.put("heads", transformer.heads());
        byName.put("patch", transformer.patch());
        byName.put("stride", transformer.stride());
        byName.put("dropout", transformer.dropout());
      }
    }
  }

  /// The CNN has none of these options; to drop them silently would surprise.
  private void requireNone() {
    refuseOfTransformer("--layers", layers);
    refuseOfTransformer("--heads", heads);
    refuseOfTransformer("--patch", patch);
    refuseOfTransformer("--stride", stride);
    refuseOfTransformer("--dropout", dropout);
  }

  private static void refuseOfTransformer(String option, Object given) {
    refuse(option, given, "transformer", "add --encoder transformer");
  }

  private static void refuse(String option, Object given, String owner, String remedy) {
    if (given == null) return;
    throw new IllegalArgumentException(option + " is a setting of the " + owner + "; " + remedy + ", or leave it out");
  }
}
