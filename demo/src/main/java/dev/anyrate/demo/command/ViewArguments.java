package dev.anyrate.demo.command;

import dev.anyrate.model.train.ViewSettings;
import java.util.Map;
import picocli.CommandLine.Option;

/// What both views of a series may differ in, for every command that trains an encoder.
final class ViewArguments {
  @Option(names = "--min-rate", paramLabel = "X", description = "lowest rate of the views, relative to that of the training series, such as 0.0625 for sensors of a sixteenth; rates are drawn log-uniformly (default: invariant 0.25, reference 0.5)")
  private Double minRate;

  @Option(names = "--max-rate", paramLabel = "X", description = "highest rate of the views, relative to that of the training series (default: invariant 4, reference 2)")
  private Double maxRate;

  @Option(names = "--min-crop", paramLabel = "X", description = "share of a series: half of the views of the preset invariant then show a part of it, of this share or more, for inputs that are parts; 1 for views of whole series (default: 1)")
  private Double minCrop;

  ViewArguments() {}

  /// The settings, and over them what the user said.
  ViewSettings over(ViewSettings usual) {
    return new ViewSettings(OptionValues.or(minRate, usual.minRate()), OptionValues.or(maxRate, usual.maxRate()),
        OptionValues.or(minCrop, usual.minCrop()));
  }

  /// The settings by the names of these options.
  static void settings(ViewSettings views, Map<String, Object> byName) {
    byName.put("min-rate", views.minRate());
    byName.put("max-rate", views.maxRate());
    byName.put("min-crop", views.minCrop());
  }
}
