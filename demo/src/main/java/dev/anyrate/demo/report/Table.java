package dev.anyrate.demo.report;

import java.util.List;

/// A table of text cells: the first column names the rows, the others hold numbers, aligned to the right.
///
/// @param caption what the numbers are, with their unit
/// @param columns headings, that of the row names first
public record Table(String title, String caption, List<String> columns, List<Row> rows) implements Section {
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() + 1 != columns.size()) {
        throw new IllegalArgumentException("table %s: row %s has %d cells beside its name, the heading asks for %d"
            .formatted(title, row.name(), row.cells().size(), columns.size() - 1));
      }
    }
  }

  /// @param cells one for each column after the first
  public record Row(String name, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }
}
