package dev.anyrate.augment.read;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tables with one series of one channel in each line: `.tsv`, `.csv`, `.txt`. The label comes first, then the values.
///
/// Lines may differ in length. In a `.csv`, line 1 is taken for column names, and passed over, if none of its values is a
/// number or if its label is `label`, `class` or `target`.
final class DelimitedReader implements SeriesReader {
  private static final Set<String> LABEL_COLUMNS = Set.of("label", "class", "target");

  /// What stands between two fields.
  enum Separator {
    TAB('\t'), COMMA(','), BLANKS(' ');

    private final char character;

    Separator(char character) {
      this.character = character;
    }
  }

  private final Separator separator;

  DelimitedReader(Separator separator) {
    this.separator = separator;
  }

  @Override
  public TimeSeriesSet read(Path file, Split split) {
    var series = new SeriesList();
    new TextLines(file, "").forEach((text, number) -> {
      String line = separator == Separator.BLANKS ? withSingleBlanks(text.strip()) : text;
      boolean columnNames = number == 1 && separator == Separator.COMMA && isColumnNames(line);
      if (!columnNames) series.add(parse(line), List.of());
    });
    return series.toSet(file, TextLines.datasetName(file), List.of());
  }

  private TimeSeries parse(String line) {
    int end = line.indexOf(separator.character);
    if (end < 0) return TimeSeries.wrap(Labels.canonical(line), new float[0]);
    float[] values = Numbers.parse(line, end + 1, line.length(), separator.character);
    return TimeSeries.wrap(Labels.canonical(line.substring(0, end)), values);
  }

  private static boolean isColumnNames(String line) {
    String[] fields = line.split(",", -1);
    if (LABEL_COLUMNS.contains(Labels.unquoted(fields[0].strip()).toLowerCase(Locale.ROOT))) return true;
    for (int i = 1; i < fields.length; i++) {
      String field = fields[i].strip();
      if (Numbers.isMissing(field) || Numbers.isNumber(field)) return false;
    }
    return fields.length > 1;
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
