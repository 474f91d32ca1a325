package dev.anyrate.demo.command;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.RateContract;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option by which a user lets the encoder know the rate of the series; without it the encoder is blind to it.
final class RateArguments {
  private static final String OF_INPUT = "input";

  @Option(names = "--rate-hz", paramLabel = "X|FILE|input", description = "let the encoder know the sampling rate of these series, and bring them to that of its training (train --rate-hz): samples a second for all, a text file with one rate a line in the order of the series, or 'input' for the rates that the input carries. Without it the encoder is not told the rate")
  private String rate;

  /// Whether the encoder is to know the rates.
  boolean given() {
    return rate != null;
  }

  /// The file of rates, if the user names one.
  Optional<Path> file() {
    return given() && !rate.equals(OF_INPUT) && !isNumber(rate) ? Optional.of(OptionValues.path(rate)) : Optional.empty();
  }

  /// Refuses a file of rates where there is more than one set of series for it.
  void requireNoFile() {
    if (file().isPresent()) {
      throw new IllegalArgumentException("--rate-hz " + rate
          + ": TRAIN and TEST cannot share a file of rates; give one number for all series, or 'input' for the rates that they carry");
    }
  }

  /// The series, each with the rate that the user says it has.
  ///
  /// @throws BadSeriesException if the input says otherwise, or says nothing where it was to say it
  TimeSeriesSet rated(TimeSeriesSet series) throws IOException {
    if (rate.equals(OF_INPUT)) {
      series.ratesHz(); // complains of a series without one, by its number
      return series;
    }
    double[] hertz = hertz(series.size());
    return series.mapIndexed((i, one) -> {
      if (one.rateHz().orElse(hertz[i]) == hertz[i]) return one.withRateHz(hertz[i]);
      throw new BadSeriesException(series.name() + ": series " + (i + 1) + " was sampled at " + one.rateHz().orElseThrow()
          + " Hz as its file says, and at " + hertz[i] + " by --rate-hz; give --rate-hz input, or correct one of them");
    });
  }

  /// Embeddings of series, told their rates or blindly, and a line on stderr where the model was not trained for such series.
  float[][] encode(ContrastiveModel model, TimeSeriesSet series) throws IOException {
    if (!given()) {
      float[][] embeddings = model.encode(series); // first: of series that it refuses, nothing else is to be said
      Remarks.outside(model, series).ifPresent(Warning::say);
      return embeddings;
    }
    RateContract contract = model.contract().orElseThrow(() -> new IllegalArgumentException(
        "--rate-hz: the checkpoint has no rate contract; train it again with this version, or leave the option out"));
    double[] relative = contract.relative(rated(series));
    float[][] embeddings = model.encodeAtRates(series, relative);
    Arrays.stream(relative).mapToObj(contract::outside).flatMap(Optional::stream).findFirst().ifPresent(Warning::say);
    return embeddings;
  }

  private double[] hertz(int series) throws IOException {
    if (isNumber(rate)) {
      double[] same = new double[series];
      Arrays.fill(same, RateContract.requireRateHz(Double.parseDouble(rate)));
      return same;
    }
    Path file = OptionValues.path(rate);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("--rate-hz " + rate
          + ": neither a number nor a file; give samples a second, a file with one rate a line, or 'input' for the rates in the input");
    }
    List<String> lines = lines(file);
    if (lines.size() != series) {
      throw new IllegalArgumentException(
          file + ": " + Count.of(lines.size(), "rate") + " for " + series
              + " series; give one a line, in the order of the series");
    }
    double[] rates = new double[series];
    for (int i = 0; i < series; i++) rates[i] = hertz(file, lines.get(i));
    return rates;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException(file + ": is no text; give a file with one rate a line, in the order of the series");
    }
  }

  private static double hertz(Path file, String text) {
    if (isNumber(text) && TimeSeries.isRateHz(Double.parseDouble(text))) return Double.parseDouble(text);
    throw new IllegalArgumentException(
        file + ": '" + text + "' is no sampling rate; give samples a second, above 0, one number a line");
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
