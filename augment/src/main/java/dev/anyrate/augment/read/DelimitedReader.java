package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tables with one series of one channel in each line: `.tsv`, `.csv`, `.txt`. The label comes first, then the values.
///
/// Lines may differ in length; but a last one that is shorter than all others, which are equal, and lacks its end is refused: the file was cut off. In a `.csv`, line 1 is taken for column names, and passed over, if none of its values is a
/// number; or if its label is `label`, `class` or `target`, unless its values are numbers that do not only rise, as in `label,0,1,2`: there are
/// classes of these names too. Where line 1 calls the second column `rate_hz`, in any of the three, that column holds
/// the sampling rate of each series and the values begin after it.
final class DelimitedReader implements SeriesReader {
  private static final Set<String> LABEL_COLUMNS = Set.of("label", "class", "target");

  /// What stands between two fields.
  enum Separator {
    TAB('\t', "tabs"), COMMA(',', "commas"), BLANKS(' ', "blanks");

    private final char character;
    private final String plural;

    Separator(char character, String plural) {
      this.character = character;
      this.plural = plural;
    }
  }

  private final Separator separator;

  DelimitedReader(Separator separator) {
    this.separator = separator;
  }

  @Override
  public TimeSeriesSet read(Path file, Split split) {
    var series = new SeriesList();
    var widths = new RowWidths();
    var rates = new boolean[1]; // whether the second column holds them
    var lines = new TextLines(file, "");
    int count = lines.forEach((text, number) -> {
      String line = separator == Separator.BLANKS ? withSingleBlanks(text.strip()) : text;
      if (number == 1) rates[0] = namesRates(line);
      boolean columnNames = number == 1 && (rates[0] || separator == Separator.COMMA && isColumnNames(line));
      if (columnNames) return;
      TimeSeries one = rates[0] ? parseRated(line) : parse(line);
      widths.add(one.length(), number);
      series.add(one, List.of());
    });
    widths.requireWholeLastRow(lines, count);
    return series.toSet(file, TextLines.datasetName(file), List.of());
  }

  private TimeSeries parse(String line) {
    int end = line.indexOf(separator.character);
    if (end < 0) throw new BadSeriesException("a label without values; part label and values by " + separator.plural);
    return series(line.substring(0, end), line, end + 1);
  }

  private TimeSeries parseRated(String line) {
    int label = line.indexOf(separator.character);
    int rate = label < 0 ? -1 : line.indexOf(separator.character, label + 1);
    if (rate < 0) return TimeSeries.wrap(Labels.canonical(label < 0 ? line : line.substring(0, label)), new float[0]);
    return RateField.apply(series(line.substring(0, label), line, rate + 1), RateField.NAME, line.substring(label + 1, rate));
  }

  private TimeSeries series(String label, String line, int from) {
    return TimeSeries.wrap(Labels.canonical(label), Numbers.parse(line, from, line.length(), separator.character));
  }

  /// Whether line 1 calls the second column that of the rates.
  ///
  /// @throws BadSeriesException if it calls another one so
  private boolean namesRates(String line) {
    String[] fields = line.split(String.valueOf(separator.character), -1);
    for (int i = 0; i < fields.length; i++) {
      if (RateField.isNamed(fields[i]) && i != 1) {
        throw new BadSeriesException("column " + (i + 1) + " is called " + RateField.NAME
            + "; the sampling rate must be the second column, after the label");
      }
    }
    return fields.length > 1 && RateField.isNamed(fields[1]);
  }

  private static boolean isColumnNames(String line) {
    String[] fields = line.split(",", -1);
    List<String> values = Arrays.stream(fields).skip(1).map(String::strip).filter(field -> !Numbers.isMissing(field)).toList();
    if (LABEL_COLUMNS.contains(Labels.unquoted(fields[0].strip()).toLowerCase(Locale.ROOT))) {
      String joined = String.join(",", values);
      return !values.stream().allMatch(Numbers::isNumber) || onlyRise(Numbers.parse(joined, 0, joined.length(), ','));
    }
    return fields.length > 1 && values.size() == fields.length - 1 && values.stream().noneMatch(Numbers::isNumber);
  }

  private static boolean onlyRise(float[] values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] <= values[i - 1]) return false;
    }
    return true;
  }

  private static String withSingleBlanks(String line) {
    var result = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      boolean blank = Character.isWhitespace(line.charAt(i));
      if (!blank) result.append(line.charAt(i));
      else if (!Character.isWhitespace(line.charAt(i - 1))) result.append(' ');
    }
    return result.toString();
  }
}
