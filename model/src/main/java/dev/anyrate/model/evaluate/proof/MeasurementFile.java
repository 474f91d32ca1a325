package dev.anyrate.model.evaluate.proof;

import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// All numbers of a proof as a CSV table, one a row, so that any program can sort, pivot and draw them. Reads back as the same numbers.
public final class MeasurementFile {
  private static final String HEADER = "dataset,method,protocol,sensor,rate,seed,measure,value,chance,bound";

  private MeasurementFile() {}

  /// Writes a table; an old file of the name is replaced as a whole or not at all.
  ///
  /// @throws dev.anyrate.model.io.UnwritableFileException if the folder is missing or nothing may be written there
  public static void write(String dataset, Measurements measured, Path file) {
    var text = new StringBuilder(HEADER).append('\n');
    for (Measurement row : measured.rows()) {
      text.append(quoted(dataset)).append(',').append(row.method().id()).append(',').append(id(row.view().protocol())).append(',')
          .append(row.view().sensor().id()).append(',').append(RateProtocol.key(row.view().rate())).append(',').append(row.seed())
          .append(',').append(row.measure().id()).append(',').append(row.value()).append(',').append(orEmpty(row.chance()))
          .append(',').append(orEmpty(row.bound())).append('\n');
    }
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String quoted(String text) {
    return text.matches("[\\w.+-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String id(RateProtocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  private static String orEmpty(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  /// Reads a table that [#write] has written.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Measurements read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException(file + ":1: not a table of measurements; remove it, and it is made again");
      }
      List<Measurement> rows = new ArrayList<>(lines.size());
      for (int i = 1; i < lines.size(); i++) rows.add(row(file, i + 1, lines.get(i)));
      return new Measurements(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Measurement row(Path file, int number, String line) {
    String[] cells = line.substring(line.startsWith("\"") ? line.lastIndexOf('"') : 0).split(",", -1);
    try {
      var view = new TestView(RateProtocol.valueOf(cells[2].toUpperCase(Locale.ROOT)),
          Sensor.valueOf(cells[3].toUpperCase(Locale.ROOT)), Double.parseDouble(cells[4]));
      return new Measurement(Method.valueOf(cells[1].toUpperCase(Locale.ROOT)), Measure.of(cells[6]), view,
          Long.parseLong(cells[5]), Double.parseDouble(cells[7]), number(cells[8]), number(cells[9]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          file + ":" + number + ": not a row of measurements; remove the file, and it is made again", e);
    }
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
