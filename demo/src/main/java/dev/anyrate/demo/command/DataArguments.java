package dev.anyrate.demo.command;

import dev.anyrate.augment.read.DatasetFolder;
import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.read.SeriesFormat;
import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.MissingValues;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// Options of every command that reads series.
final class DataArguments {
  private static final Pattern TABLE = Pattern.compile(".*\\.(csv|tsv|txt)", Pattern.CASE_INSENSITIVE);
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

  @Option(names = "--data", paramLabel = "PATH", required = true, description = "a .ts, .tsv, .csv, .arff, .txt or .npz file, or a dataset folder NAME/ with NAME_TRAIN.* and NAME_TEST.*")
  private Path data;

  @Option(names = "--missing", paramLabel = "POLICY", defaultValue = "refuse", description = "what to do with missing values: refuse, or interpolate (default: ${DEFAULT-VALUE})")
  private MissingValues missing;

  /// The settings by the names of these options.
  void settings(Map<String, Object> byName) {
    byName.put("data", data.toString());
    byName.put("missing", OptionValues.word(missing));
  }

  /// Reads one part, without gaps, and says on stderr what was unusual.
  TimeSeriesSet read(Split split) {
    return read(data, split);
  }

  /// What is read, for messages: of a folder one part.
  String place(Split split) {
    return place(data, split);
  }

  private static String place(Path path, Split split) {
    return Files.isDirectory(path) ? path + ", " + split : path.toString();
  }

  /// Reads one part of other data under the same policy.
  TimeSeriesSet read(Path path, Split split) {
    String place = place(path, split);
    MissingValues.Bridged bridged = bridge(SeriesFiles.read(path, split), place);
    if (bridged.values() > 0) {
      Warning.say(place + ": " + Count.of(bridged.values(), "missing value") + " in " + bridged.series()
          + " series bridged by straight lines");
    }
    fractionForLabel(path, bridged.set()).ifPresent(
        label -> Warning.say(place + ": most series have a fraction for a label of their own, such as " + label
            + "; a line of a table begins with the label, so write ? in front of the values where there is none"));
    if (isArrays(path, split) && bridged.set().channels() > bridged.set().maxLength()) {
      Warning.say(place + ": " + Count.of(bridged.set().channels(), "channel") + " of only " + bridged.set().maxLength()
          + " samples; the axes of X_train and X_test are [series, samples, channels], so exchange the last two if yours are [series, channels, samples]");
    }
    int constant = bridged.set().constantSeries();
    if (constant > 0) {
      Warning
          .say(place + ": " + constant + " of " + bridged.set().size() + " series never change; nothing can be told from them");
    }
    return bridged.set();
  }

  /// Whether the series come from NumPy arrays, whose axes some programs have in another order (aeon's are series, channels, samples): nothing in the file tells which is meant.
  private static boolean isArrays(Path path, Split split) {
    Path file = Files.isDirectory(path) ? new DatasetFolder(path).file(split) : path;
    return SeriesFormat.of(file) == SeriesFormat.NPZ;
  }

  /// In a table without labels the first value of each series is taken for its label, and lost.
  private static Optional<String> fractionForLabel(Path path, TimeSeriesSet set) {
    List<String> fractions = set.classNames().stream().filter(name -> FRACTION.matcher(name).matches()).toList();
    boolean suspicious = TABLE.matcher(path.toString()).matches() && 2 * fractions.size() > set.size();
    return suspicious ? Optional.of(fractions.getFirst()) : Optional.empty();
  }

  private MissingValues.Bridged bridge(TimeSeriesSet set, String place) {
    if (missing == MissingValues.REFUSE && set.seriesWithMissing() > 0) {
      throw new BadSeriesException(place + ": " + set.gaps() + "; fill them in, or bridge them with --missing interpolate");
    }
    return missing.apply(set);
  }

  /// Refuses an output that is a file of the input: a slip of the fingers must not cost data.
  ///
  /// @param others files that the command reads beside the series
  void refuseAsOutput(Path out, Path... others) throws IOException {
    boolean own = Files.isDirectory(data) ? new DatasetFolder(data).contains(out) : isSame(data, out);
    for (Path other : others) own |= isSame(other, out);
    if (own) throw new IllegalArgumentException(out + ": belongs to the input, and would be lost; give another name");
  }

  private static boolean isSame(Path input, Path out) throws IOException {
    return Files.exists(input) && Files.exists(out) && Files.isSameFile(input, out);
  }
}
