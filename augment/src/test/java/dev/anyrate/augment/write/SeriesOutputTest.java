package dev.anyrate.augment.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is written reads back as equal, or is refused.
class SeriesOutputTest {
  @TempDir
  private Path folder;

  private TimeSeriesSet copied(SeriesOutput format, TimeSeriesSet set) throws IOException {
    Path file = folder.resolve("copy." + format.name().toLowerCase(Locale.ROOT));
    try (var out = Files.newOutputStream(file)) {
      format.write(out, set);
    }
    return SeriesFiles.read(file);
  }

  @ParameterizedTest
  @EnumSource
  void valuesGapsAndUnequalLengthsReadBackAsEqual(SeriesOutput format) throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("b", new float[] {0.1f, Float.NaN, -3e-30f, Float.MAX_VALUE}),
            TimeSeries.of("a", new float[] {1, 2})));
    TimeSeriesSet copy = copied(format, set);
    assertEquals(set.series(), copy.series());
    assertEquals(set.classNames(), copy.classNames());
  }

  @ParameterizedTest
  @EnumSource
  void seriesOfWhichOneHasNoLabelKeepTheLabelsOfTheOthers(SeriesOutput format) throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("a", new float[] {1, 2}), TimeSeries.of(new float[] {3, 4}),
            TimeSeries.of("b", new float[] {5, 6})));
    assertEquals(set.series(), copied(format, set).series());
  }

  @ParameterizedTest
  @EnumSource
  void seriesWithoutAnyLabelReadBackAsEqual(SeriesOutput format) throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own", List.of(TimeSeries.of(new float[] {1, 2}), TimeSeries.of(new float[] {3, 4})));
    assertEquals(set.series(), copied(format, set).series());
  }

  /// In a table a comma in a label would make the rest of it a value: `1,5` would be class 1 with one value more.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"TS | slow walk", "TS | a:b", "CSV | 1,5", "TSV | 'a\tb'", "CSV | 'a\nb'", "TSV | ?",
      "TS | '1.0'",
      "CSV | \"a\"", "TSV | ' a'"})
  void aLabelThatWouldReadBackAsAnotherIsRefused(SeriesOutput format, String label) {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("b", new float[] {1, 2}), TimeSeries.of(label, new float[] {3, 4})));
    String message = assertThrows(BadSeriesException.class, () -> copied(format, set)).getMessage();
    assertTrue(
        message.startsWith("own: ") && message.contains("'" + label.replaceAll("\\p{Cntrl}", " ") + "'")
            && message.contains("rename"),
        message);
  }

  /// Its line alone would be taken for column names, and the series would be lost.
  @ParameterizedTest
  @EnumSource
  void aRisingSeriesOfAClassThatIsCalledLikeAColumnReadsBackAsEqual(SeriesOutput format) throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("Target", new float[] {1, 2, 3}), TimeSeries.of("other", new float[] {4, 5})));
    assertEquals(set.series(), copied(format, set).series());
  }

  /// Readers take such an end for the filling of a table.
  @ParameterizedTest
  @EnumSource
  void aSeriesThatWouldReadBackShorterIsRefused(SeriesOutput format) {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("a", new float[] {1, 2, 3}), TimeSeries.of("a", new float[] {1, 2, Float.NaN})));
    String message = assertThrows(BadSeriesException.class, () -> copied(format, set)).getMessage();
    assertTrue(message.startsWith("own: series 2 ends with a missing value"), message);
  }

  @Test
  void aLabelThatOneFormatCannotHoldAnotherCan() throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own",
        List.of(TimeSeries.of("slow walk", new float[] {1, 2}), TimeSeries.of("run", new float[] {3, 4})));
    for (SeriesOutput format : List.of(SeriesOutput.CSV, SeriesOutput.TSV))
      assertEquals(set.series(), copied(format, set).series());
  }
}
