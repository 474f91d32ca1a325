package dev.anyrate.model.train;

import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.encoder.EncoderOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the preset reference leaves no choice in: with another embedding, length or blocks it would no longer be the design that others are compared with.
final class PlainDesign {
  private PlainDesign() {}

  /// @throws IllegalArgumentException if a setting is another than that of the design
  static void require(StandardizationScope standardize, int length, ViewSettings views, EncoderOptions encoder,
      EmbeddingKind embedding) {
    require(standardize == StandardizationScope.SET, "standardize", word(standardize), "takes series as they are");
    require(length == 0, "length", length, "takes series as they are");
    require(views.minCrop() == 1, "min crop", views.minCrop(), "makes its views of whole series");
    require(embedding == EmbeddingKind.LINEAR, "embedding", word(embedding), "embeds by its linear map");
    if (encoder instanceof EncoderOptions.Cnn cnn) {
      List<Integer> usual = Preset.REFERENCE.dilations();
      require(cnn.dilations().equals(usual), "dilations", joined(cnn.dilations()), "has blocks of dilation " + joined(usual));
    }
  }

  private static void require(boolean holds, String name, Object value, String what) {
    if (holds) return;
    throw new IllegalArgumentException(
        name + ": " + value + " with preset reference, which " + what + "; leave it out, or take preset invariant");
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static String joined(List<Integer> dilations) {
    return dilations.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
