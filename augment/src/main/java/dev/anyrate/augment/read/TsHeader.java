package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The header of a `.ts` file, line by line, and what it promises about the data.
///
/// Known tags: `@problemName`, `@timeStamps`, `@missing`, `@univariate`, `@dimensions` or `@dimension`, `@equalLength`, `@seriesLength`,
/// `@classLabel` or `@targetLabel`, `@data`, in any order and case; and one of ours, `@samplingRate`, in samples a second for all series. Others are
/// passed over.
final class TsHeader {
  private final Map<String, String> tags = new HashMap<>();
  private List<String> classNames = List.of();
  private int length; // of every series; 0: not promised, or not yet known
  private boolean labelled;
  private boolean complete;

  /// Whether `@data` has been read.
  boolean isComplete() {
    return complete;
  }

  /// Takes one header line.
  void accept(String line) {
    if (!line.startsWith("@")) {
      throw new BadSeriesException("'" + Numbers.shortened(line) + "' stands before @data; a header line begins with @");
    }
    String[] words = line.split("\\s+", 2);
    String tag = words[0].substring(1).toLowerCase(Locale.ROOT);
    String value = words.length > 1 ? words[1].strip() : "";
    tags.put(tag, value);
    switch (tag) {
      case "timestamps" -> refuseTimeStamps();
      case "missing", "univariate", "equallength" -> flag(tag);
      case "dimensions", "dimension" -> count(tag);
      case "serieslength" -> length = count(tag).orElseThrow();
      case "classlabel", "targetlabel" -> acceptLabel(tag, value);
      case "data" -> complete();
      default -> {
      }
    }
  }

  private void refuseTimeStamps() {
    if (flag("timestamps").orElse(false)) {
      throw new BadSeriesException(
          "@timeStamps true: only evenly sampled series are read; resample them and write values without time");
    }
  }

  private void acceptLabel(String tag, String value) {
    String[] words = value.split("\\s+");
    labelled = truth(tag, words[0]);
    if (labelled) classNames = Labels.classes(Arrays.asList(words).subList(1, words.length));
  }

  private void complete() {
    if (!tags.containsKey("classlabel") && !tags.containsKey("targetlabel")) {
      throw new BadSeriesException("no @classLabel before @data; add '@classLabel false' or '@classLabel true' and the classes");
    }
    if (flag("univariate").orElse(false) && dimensions().orElse(1) != 1) {
      throw new BadSeriesException(
          "@univariate true contradicts @dimensions " + dimensions().orElseThrow() + "; correct one of them");
    }
    if (!flag("equallength").orElse(true) && length > 0) {
      throw new BadSeriesException("@equalLength false contradicts @seriesLength; remove one of them");
    }
    complete = true;
  }

  /// Whether each series ends with a label.
  boolean isLabelled() {
    return labelled;
  }

  /// The classes in the header's order; empty if it names none.
  List<String> classNames() {
    return classNames;
  }

  /// The dataset's name, if the header gives one.
  Optional<String> problemName() {
    return Optional.ofNullable(tags.get("problemname")).filter(name -> !name.isEmpty());
  }

  /// A series with the sampling rate that the header gives, if it gives one.
  TimeSeries rated(TimeSeries series) {
    String rate = tags.get("samplingrate");
    return rate == null ? series : RateField.apply(series, "@samplingRate", rate);
  }

  /// Holds a series against the header.
  ///
  /// @param series as its row has it, perhaps padded
  void check(TimeSeries series) {
    int channels = flag("univariate").orElse(false) ? 1 : dimensions().orElse(series.channels());
    if (series.channels() != channels) {
      throw new BadSeriesException(
          Count.of(series.channels(), "channel") + ", but the header promises " + channels + "; correct one of them");
    }
    if (length == 0 && flag("equallength").orElse(false)) length = series.length();
    if (length > 0 && series.length() != length) {
      throw new BadSeriesException(Count.of(series.length(), "value") + ", but the header promises " + length
          + " in every series; correct one of them (where lengths differ: @equalLength false, no @seriesLength)");
    }
    if (!flag("missing").orElse(true) && series.withoutPadding().hasMissing()) {
      throw new BadSeriesException("a value is missing, but the header promises @missing false; correct one of them");
    }
  }

  private Optional<Integer> dimensions() {
    return count("dimensions").or(() -> count("dimension"));
  }

  private Optional<Boolean> flag(String tag) {
    return Optional.ofNullable(tags.get(tag)).map(value -> truth(tag, value));
  }

  private static boolean truth(String tag, String word) {
    if (word.equalsIgnoreCase("true")) return true;
    if (word.equalsIgnoreCase("false")) return false;
    throw new BadSeriesException("@" + tag + " is '" + word + "'; write true or false");
  }

  private Optional<Integer> count(String tag) {
    return Optional.ofNullable(tags.get(tag)).map(value -> {
      if (value.matches("[1-9][0-9]{0,8}")) return Integer.valueOf(value);
      throw new BadSeriesException("@" + tag + " is '" + value + "'; write a whole number above 0");
    });
  }
}
