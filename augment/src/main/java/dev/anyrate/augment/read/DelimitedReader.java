package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// Tables with one series of one channel in each line: `.tsv`, `.csv`, `.txt`. The label comes first, then the values.
///
/// Lines may differ in length; but a last one that is shorter than all others, which are equal, and lacks its end is refused: the file was cut off.
/// Fields may stand in quotes; a label in quotes may hold the separator.
///
/// In a `.csv`, the first line that is not blank is taken for column names, and passed over, if none of its values is a number; or if its label is
/// `label`, `class` or `target`, unless its values are numbers that do not only rise, as in `label,0,1,2`: there are classes of these names too. If it
/// gives such a name to a later column, the file is refused; so it is if it numbers its columns from 0, as pandas does where nobody names
/// them. Where it calls the second column `rate_hz`, in any of the three formats, that column holds the sampling rate of each series and the values begin after it.
final class DelimitedReader implements SeriesReader {
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
    var table = new Table();
    var lines = new TextLines(file, "");
    int count = lines.forEach(table);
    table.widths.requireWholeLastRow(lines, count);
    return table.series.toSet(file, TextLines.datasetName(file), List.of());
  }

  /// One file while it is read.
  private final class Table implements ObjIntConsumer<String> {
    private final SeriesList series = new SeriesList();
    private final RowWidths widths = new RowWidths();
    private boolean begun; // only the first line may hold column names
    private boolean rated; // whether the second column holds sampling rates

    @Override
    public void accept(String text, int number) {
      String line = separator == Separator.BLANKS ? withSingleBlanks(text.strip()) : text;
      boolean first = !begun;
      begun = true;
      if (first) {
        rated = namesRates(line);
        if (rated || separator == Separator.COMMA && isColumnNames(line)) return;
      }
      TimeSeries one = rated ? parseRated(line) : parse(line);
      widths.add(one.length(), number);
      series.add(one, List.of());
    }
  }

  private TimeSeries parse(String line) {
    int end = endOfLabel(line);
    if (end < 0) throw new BadSeriesException("a label without values; part label and values by " + separator.plural);
    return series(line.substring(0, end), line, end + 1);
  }

  private TimeSeries parseRated(String line) {
    int label = endOfLabel(line);
    int rate = label < 0 ? -1 : line.indexOf(separator.character, label + 1);
    if (rate < 0) return TimeSeries.wrap(Labels.canonical(label < 0 ? line : line.substring(0, label)), new float[0]);
    return RateField.apply(series(line.substring(0, label), line, rate + 1), RateField.NAME, line.substring(label + 1, rate));
  }

  /// Where the separator behind the label stands; −1 if nothing follows.
  private int endOfLabel(String line) {
    int open = 0;
    while (open < line.length() && line.charAt(open) == ' ') open++;
    boolean quoted = open < line.length() && (line.charAt(open) == '"' || line.charAt(open) == '\'');
    int close = quoted ? line.indexOf(line.charAt(open), open + 1) : -1;
    return line.indexOf(separator.character, Math.max(0, close));
  }

  private TimeSeries series(String label, String line, int from) {
    return TimeSeries.wrap(Labels.canonical(label), Numbers.parse(line, from, line.length(), separator.character));
  }

  /// Whether the first line calls the second column that of the rates.
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

  /// Whether the first line of a `.csv` holds column names.
  ///
  /// @throws BadSeriesException if they call another column than the first that of the labels, or only number the columns
  private static boolean isColumnNames(String line) {
    List<String> fields = Arrays.stream(line.split(",", -1)).map(field -> Labels.unquoted(field.strip())).toList();
    List<String> values = fields.stream().skip(1).filter(field -> !Numbers.isMissing(field)).toList();
    if (Labels.isColumnName(fields.getFirst())) {
      String joined = String.join(",", values);
      return !values.stream().allMatch(Numbers::isNumber) || onlyRise(Numbers.parse(joined, 0, joined.length(), ','));
    }
    requireNoNumbersOfColumns(fields);
    boolean names = fields.size() > 1 && values.size() == fields.size() - 1 && values.stream().noneMatch(Numbers::isNumber);
    if (names) requireNoLabelColumn(fields);
    return names;
  }

  /// `0,1,2,…`, or so behind one name: read as a series, it would be one that nobody recorded. From three fields on; `0,1` may well be a label and a value.
  private static void requireNoNumbersOfColumns(List<String> fields) {
    List<String> numbers = Numbers.isNumber(fields.getFirst()) ? fields : fields.subList(1, fields.size());
    if (fields.size() < 3 || fields.getFirst().equals("?")) return; // the name of no column, but a label that is not known
    for (int i = 0; i < numbers.size(); i++) {
      if (!numbers.get(i).equals(String.valueOf(i))) return;
    }
    throw new BadSeriesException(
        "the first line only numbers the columns from 0; call the first column label, which must hold the class of each series"
            + " (if it is a series after all, write a line of column names above it)");
  }

  /// The first value of each series would be taken for its class, and the class for its last value.
  private static void requireNoLabelColumn(List<String> fields) {
    for (int i = 1; i < fields.size(); i++) {
      if (Labels.isColumnName(fields.get(i))) {
        throw new BadSeriesException(
            "column " + (i + 1) + " is called " + fields.get(i) + "; the label must be the first column, move it there");
      }
    }
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
