package dev.anyrate.demo.command;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.RateContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option by which a user tells the rate of the series; without it the encoder is blind to it.
final class RateArguments {
  @Option(names = "--rate-hz", paramLabel = "X|FILE", description = "sampling rate of these series, or a text file with one rate a line in the order of the series; for a checkpoint that was trained with --rate-hz: the series are then brought to its rate. Without it the encoder finds its way blindly")
  private String rate;

  /// The one rate of all series, relative to that of the model's training series; 1 if the user does not tell it.
  ///
  /// @throws IllegalArgumentException if the checkpoint does not know its own, or rates stand in a file
  double relative(ContrastiveModel model) {
    if (rate == null) return 1;
    if (!isNumber())
      throw new IllegalArgumentException("--rate-hz " + rate + ": one rate for all series is needed here; give a number");
    return contract(model).relative(Double.parseDouble(rate));
  }

  /// Embeddings of series, told their rates or blindly, and a line on stderr where the model was not trained for such series.
  float[][] encode(ContrastiveModel model, TimeSeriesSet series) throws IOException {
    if (rate == null) {
      model.contract().flatMap(contract -> contract.outside(series)).ifPresent(RateArguments::warn);
      return model.encode(series);
    }
    RateContract contract = contract(model);
    double[] relative = Arrays.stream(hertz(series.size())).map(contract::relative).toArray();
    Arrays.stream(relative).mapToObj(contract::outside).flatMap(Optional::stream).findFirst().ifPresent(RateArguments::warn);
    return model.encodeAtRates(series, relative);
  }

  private static RateContract contract(ContrastiveModel model) {
    return model.contract().orElseThrow(() -> new IllegalArgumentException(
        "--rate-hz: the checkpoint has no rate contract; train it again with this version, or leave the option out"));
  }

  private boolean isNumber() {
    try {
      Double.parseDouble(rate);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private double[] hertz(int series) throws IOException {
    if (isNumber()) {
      double[] same = new double[series];
      Arrays.fill(same, Double.parseDouble(rate));
      return same;
    }
    Path file = Path.of(rate);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--rate-hz " + rate + ": neither a number nor a file; give samples a second, or a file with one rate a line");
    }
    List<String> lines = Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() != series) {
      throw new IllegalArgumentException(
          file + ": " + lines.size() + " rates for " + series + " series; give one a line, in the order of the series");
    }
    double[] rates = new double[series];
    for (int i = 0; i < series; i++) {
      try {
        rates[i] = Double.parseDouble(lines.get(i));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            file + ": '" + lines.get(i) + "' is not a rate; give samples a second, one number a line", e);
      }
    }
    return rates;
  }

  private static void warn(String message) {
    System.err.println("anyrate: warning: " + message);
  }
}
