package dev.anyrate.demo.command;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.RateContract;
import java.util.Arrays;
import picocli.CommandLine.Option;

/// The option by which a user tells the rate of the series; without it the encoder is blind to it.
final class RateArguments {
  @Option(names = "--rate-hz", paramLabel = "X", description = "sampling rate of these series, for a checkpoint that was trained with --rate-hz: they are then brought to its rate; without it the encoder finds its way blindly")
  private Double hertz;

  /// The rate relative to that of the model's training series; 1 if the user does not tell it.
  ///
  /// @throws IllegalArgumentException if the checkpoint does not know its own
  double relative(ContrastiveModel model) {
    if (hertz == null) return 1;
    RateContract contract = model.contract().orElseThrow(() -> new IllegalArgumentException(
        "--rate-hz: the checkpoint has no rate contract; train it again with this version, or leave the option out"));
    return contract.relative(hertz);
  }

  /// Embeddings of series, told the rate or blindly, and a line on stderr where the model was not trained for such series.
  float[][] encode(ContrastiveModel model, TimeSeriesSet series) {
    if (hertz == null) {
      model.contract().flatMap(contract -> contract.outside(series)).ifPresent(RateArguments::warn);
      return model.encode(series);
    }
    double relative = relative(model);
    model.contract().flatMap(contract -> contract.outside(relative)).ifPresent(RateArguments::warn);
    double[] rates = new double[series.size()];
    Arrays.fill(rates, relative);
    return model.encodeAtRates(series, rates);
  }

  private static void warn(String message) {
    System.err.println("anyrate: warning: " + message);
  }
}
