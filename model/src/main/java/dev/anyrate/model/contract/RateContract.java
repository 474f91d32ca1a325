package dev.anyrate.model.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a model was trained for, kept in its checkpoint: within this it was tried, outside of it nobody knows.
///
/// @param minRate  lowest rate of the views, relative to the training series
/// @param maxRate  highest rate of the views
/// @param minCrop  smallest share of a training series that a view showed, at most 1; 1 for whole series, as of a checkpoint that does not say it
/// @param shortest length of the shortest training series
/// @param median   middle one of their lengths: what one canonical length stands for when the rate is known
/// @param longest  length of the longest
/// @param bandKept share of the training series' frequency band that the preparation lets through, at most 1
/// @param filter   against aliasing, before the encoder
/// @param rateHz   sampling rate of the training series; 0 if nobody said it
/// @param data     fingerprint of the training series
/// @param seed     of parameters, order and views
/// @param version  of the program
/// @param commit   that it was built from
public record RateContract(@JsonProperty("min_rate") double minRate, @JsonProperty("max_rate") double maxRate,
    @JsonProperty("min_crop") double minCrop, int shortest, int median, int longest, @JsonProperty("band_kept") double bandKept,
    String filter, @JsonProperty("rate_hz") double rateHz, String data, long seed, String version, String commit) {
  /// The highest rate that a model can be trained for, and one over the lowest: beyond it views are interpolation, or a point or two.
  public static final int WIDEST = 100;

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  /// @throws IllegalArgumentException if a rate is not above 0, a share not from 0 to 1, a length not from 1 on, or the lowest above the highest
  public RateContract {
    if (minCrop == 0) minCrop = 1;
    if (!(minRate > 0 && maxRate >= minRate && Double.isFinite(maxRate) && minCrop > 0 && minCrop <= 1 && shortest >= 1
        && median >= shortest && longest >= median && (rateHz == 0 || TimeSeries.isRateHz(rateHz)))) {
      throw new IllegalArgumentException("rate contract: rates " + minRate + " to " + maxRate + ", parts of " + minCrop
          + ", lengths " + shortest + ", " + median + " and " + longest + ", sampling rate " + rateHz
          + "; give rates above 0, a share up to 1, and lengths from 1 on, in rising order");
    }
  }

  /// Rates of the views.
  public RateRange rates() {
    return new RateRange(minRate, maxRate);
  }

  /// A sampling rate that a user has given.
  ///
  /// @throws IllegalArgumentException if it is not above 0, or not finite
  public static double requireRateHz(double rateHz) {
    if (TimeSeries.isRateHz(rateHz)) return rateHz;
    throw new IllegalArgumentException(
        "--rate-hz " + rateHz + ": no sampling rate; give samples a second, above 0, such as 12000");
  }

  /// The same for training series of this rate.
  public RateContract withRateHz(double hertz) {
    return new RateContract(minRate, maxRate, minCrop, shortest, median, longest, bandKept, filter, requireRateHz(hertz), data,
        seed, version, commit);
  }

  /// A rate relative to that of the training series.
  ///
  /// @throws IllegalArgumentException if nobody said at which rate the training series were recorded
  public double relative(double hertz) {
    requireRateHz(hertz);
    if (rateHz == 0) {
      throw new IllegalArgumentException(
          "--rate-hz " + plain(BigDecimal.valueOf(hertz))
              + ": the checkpoint does not say at which rate its training series were recorded; train with --rate-hz,"
              + " or leave it out and encode blindly");
    }
    return hertz / rateHz;
  }

  /// The rates of series that carry them, each relative to that of the training series, `[N]`.
  ///
  /// @throws IllegalArgumentException if a series carries none, or nobody said at which rate the training series were recorded
  public double[] relative(TimeSeriesSet series) {
    return Arrays.stream(series.ratesHz()).map(this::relative).toArray();
  }

  /// One line if series are longer or shorter than any that the model was trained for.
  public Optional<String> outside(TimeSeriesSet series) {
    double least = minRate * minCrop * shortest;
    double most = maxRate * longest;
    if (series.minLength() >= Math.floor(least) && series.maxLength() <= Math.ceil(most)) return Optional.empty();
    return Optional.of(String.format(Locale.ROOT,
        "series of %s samples lie outside of what the model was trained for, %.0f to %.0f samples (rates %s to %s%s); expect less of their embeddings, or train %s",
        series.lengthRange(), Math.floor(least), Math.ceil(most), text(minRate), text(maxRate), parts(),
        remedy(series.minLength() / (minCrop * shortest), (double) series.maxLength() / longest)));
  }

  /// One line if a known rate is none of those that the model was trained for.
  ///
  /// @param relative to the training series
  public Optional<String> outside(double relative) {
    if (relative >= minRate && relative <= maxRate) return Optional.empty();
    return Optional.of(String.format(Locale.ROOT,
        "a rate of %s times that of the training series lies outside of what the model was trained for, %s to %s; expect less of the embeddings, or train %s",
        text(relative), text(minRate), text(maxRate), remedy(relative, relative)));
  }

  /// The options of `train` that widen the rates to these, as far as they can be that wide.
  private String remedy(double lowest, double highest) {
    var options = new ArrayList<String>();
    if (lowest < minRate)
      options.add("--min-rate " + plain(BigDecimal.valueOf(lowest).round(new MathContext(3, RoundingMode.FLOOR))));
    if (highest > maxRate)
      options.add("--max-rate " + plain(BigDecimal.valueOf(highest).round(new MathContext(3, RoundingMode.CEILING))));
    boolean possible = lowest * WIDEST >= 1 && highest <= WIDEST;
    return possible ? "with " + String.join(" and ", options) : "on such series";
  }

  private String parts() {
    return minCrop == 1 ? "" : ", parts from " + text(minCrop) + " on";
  }

  private static String text(double rate) {
    return plain(new BigDecimal(rate).round(FOUR_DIGITS));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
