package dev.anyrate.augment.write;

import dev.anyrate.augment.read.Labels;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The formats that series are written in, by file extension. Values are written so that they read back as the same floats, known sampling rates and labels
/// too; a label that would read back as another is refused, and a series that would read back shorter.
public enum SeriesOutput {
  /// The archives' own format: any number of channels, label last, one sampling rate for all.
  TS("[\\s:]") {
    @Override
    void writeSeries(OutputStream out, TimeSeriesSet set) throws IOException {
      boolean equalLength = set.minLength() == set.maxLength();
      text(out, "@problemName " + set.name().replaceAll("\\s+", "_") + "\n@timeStamps false\n@missing " + (set.missingValues() > 0) + "\n");
      text(out, set.channels() == 1 ? "@univariate true\n" : "@univariate false\n@dimensions " + set.channels() + "\n");
      text(out, equalLength ? "@equalLength true\n@seriesLength " + set.maxLength() + "\n" : "@equalLength false\n");
      if (anyRate(set)) text(out, "@samplingRate " + rateOfAll(set) + "\n");
      boolean labelled = set.series().stream().anyMatch(series -> series.label().isPresent());
      text(out, "@classLabel " + (labelled ? "true " + String.join(" ", set.classNames()) : "false") + "\n@data\n");
      for (TimeSeries series : set) {
        for (int c = 0; c < series.channels(); c++) text(out, (c == 0 ? "" : ":") + joined(series.channel(c), ","));
        text(out, (labelled ? ":" + series.label().orElse(UNKNOWN) : "") + "\n");
      }
    }
  },

  /// One channel, label first, perhaps the sampling rate, commas between.
  CSV(",") {
    @Override
    void writeSeries(OutputStream out, TimeSeriesSet set) throws IOException {
      if (!anyRate(set) && set.get(0).label().filter(Labels::isColumnName).isPresent()) text(out, columnNames(set));
      table(out, set, ",");
    }
  },

  /// One channel, label first, perhaps the sampling rate, tabs between.
  TSV("\t") {
    @Override
    void writeSeries(OutputStream out, TimeSeriesSet set) throws IOException {
      table(out, set, "\t");
    }
  };

  private static final String UNKNOWN = "?";

  private final Pattern parting; // what no label may hold, since it parts fields

  SeriesOutput(String parting) {
    this.parting = Pattern.compile(parting);
  }

  /// Writes a whole set.
  ///
  /// @throws BadSeriesException if the format cannot hold it
  public void write(OutputStream out, TimeSeriesSet set) throws IOException {
    for (String name : set.classNames()) {
      if (!Labels.isCanonical(name) || parting.matcher(name).find()) {
        throw new BadSeriesException(set.name() + ": the class '" + name + "' would read back as another from a "
            + extension() + " file; rename it, or write another format");
      }
    }
    for (int i = 0; i < set.size(); i++) {
      if (set.get(i).withoutPadding().length() < set.get(i).length()) {
        throw new BadSeriesException(set.name() + ": series " + (i + 1)
            + " ends with a missing value, which would read back as the filling of a shorter series; cut it off, or bridge it");
      }
    }
    writeSeries(out, set);
  }

  abstract void writeSeries(OutputStream out, TimeSeriesSet set) throws IOException;

  /// The format of a file by its extension.
  ///
  /// @throws IllegalArgumentException for any other extension
  public static SeriesOutput of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (SeriesOutput format : values()) {
      if (name.endsWith(format.extension())) return format;
    }
    throw new IllegalArgumentException(file + ": unknown format; give a name that ends in .ts, .csv or .tsv");
  }

  private String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  private static String rateOfAll(TimeSeriesSet set) {
    double hertz = set.commonRateHz().orElseThrow(() -> new BadSeriesException(set.name()
        + ": series of several sampling rates do not fit in a .ts file, which has one for all; write a .csv file, or a file for each rate"));
    return Double.toString(hertz);
  }

  private static void table(OutputStream out, TimeSeriesSet set, String separator) throws IOException {
    requireOneChannel(set);
    boolean rated = anyRate(set);
    if (rated) text(out, "label" + separator + "rate_hz\n");
    for (TimeSeries series : set) {
      String rate = series.rateHz().isPresent() ? Double.toString(series.rateHz().getAsDouble()) : UNKNOWN;
      text(out, series.label().orElse(UNKNOWN) + separator + (rated ? rate + separator : "") + joined(series.channel(0), separator) + "\n");
    }
  }

  /// A first row whose label is also the name of a column would be taken for column names: so there must be some.
  private static String columnNames(TimeSeriesSet set) {
    return IntStream.range(0, set.maxLength()).mapToObj(Integer::toString).collect(Collectors.joining(",", "label,", "\n"));
  }

  private static boolean anyRate(TimeSeriesSet set) {
    return set.series().stream().anyMatch(series -> series.rateHz().isPresent());
  }

  private static void requireOneChannel(TimeSeriesSet set) {
    if (set.channels() == 1) return;
    throw new BadSeriesException(set.name() + ": " + set.channels() + " channels do not fit in a table of one series a line; write a .ts file");
  }

  private static String joined(float[] values, String separator) {
    var line = new StringBuilder();
    for (float value : values) line.append(line.isEmpty() ? "" : separator).append(Float.isNaN(value) ? UNKNOWN : Float.toString(value));
    return line.toString();
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
