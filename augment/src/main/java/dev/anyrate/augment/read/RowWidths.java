package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;

/// How many values the rows of a table have, padding included: tells a file that was cut off in its last row, as an interrupted download leaves it, from one that only lacks
/// the newline at its end. Where rows differ in length anyway, nobody can tell.
final class RowWidths {
  /// So many rows of one width before the last are no chance.
  private static final int ENOUGH_ROWS = 2;

  private int rows;
  private int width; // of all rows but the last
  private boolean equal = true;
  private int lastWidth;
  private int lastLine;

  /// @param values of the next row
  /// @param line   its number in the file
  void add(int values, int line) {
    if (rows == 1) width = lastWidth;
    if (rows > 1) equal &= lastWidth == width;
    rows++;
    lastWidth = values;
    lastLine = line;
  }

  /// @param lines of the file
  /// @throws BadSeriesException if the last row is shorter than all others, which are equal, and its line has no end
  void requireWholeLastRow(TextLines file, int lines) {
    boolean shorter = rows > ENOUGH_ROWS && equal && lastWidth < width;
    if (!shorter || lastLine < lines || file.endsWithNewline()) return;
    throw complaint().at(file.file(), lastLine);
  }

  private BadSeriesException complaint() {
    return new BadSeriesException("the file ends inside this line: " + Count.of(lastWidth, "value") + ", " + width
        + " in every line before, and no newline; fetch the file again, or end the line if its series is that short");
  }
}
