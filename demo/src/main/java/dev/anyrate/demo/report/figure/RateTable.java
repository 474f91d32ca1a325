package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The numbers behind the curves: a row for each method, a column for each rate.
public final class RateTable {
  private RateTable() {}

  /// @param caption what the numbers are, with their unit
  /// @param curves  rows of the table; a rate that one of them lacks is shown as a dash
  public static Table of(String title, String caption, List<RateCurve> curves) {
    List<Double> rates = curves.stream().flatMap(RateCurve::rates).distinct().sorted().toList();
    List<String> columns = Stream.concat(Stream.of("rate"), rates.stream().map(Rates::text)).toList();
    List<Table.Row> rows = curves.stream()
        .map(curve -> new Table.Row(curve.name(), rates.stream().map(rate -> cell(curve.at(rate))).toList()))
        .toList();
    return new Table(title, caption, columns, rows);
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }
}
