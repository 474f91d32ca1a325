package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.write.SeriesOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sampling rate of a series, in every format that can carry it.
class KnownRatesTest {
  private static final List<TimeSeries> TWO = List.of(TimeSeries.of("a", new float[] {1, 2, 3}).withRateHz(100),
      TimeSeries.of("b", new float[] {4, 5, 6}).withRateHz(12.5));

  @TempDir
  private Path folder;

  private TimeSeriesSet read(String name, String content) {
    return SeriesFiles.read(BadFile.write(folder, name, content));
  }

  @Test
  void tablesHaveAColumn() {
    assertEquals(TWO, read("a.csv", "label,rate_hz,t0,t1,t2\na,100,1,2,3\nb,12.5,4,5,6\n").series());
    assertEquals(TWO, read("b.csv", "label,rate_hz\na,1e2,1,2,3\nb, 12.5 ,4,5,6\n").series());
    assertEquals(TWO, read("a.tsv", "label\tRATE_HZ\na\t100\t1\t2\t3\nb\t12.5\t4\t5\t6\n").series());
    assertEquals(TWO, read("a.txt", "label rate_hz\na 100 1 2 3\nb 12.5 4 5 6\n").series());
  }

  @Test
  void withoutItsNameAColumnIsAValue() {
    TimeSeriesSet plain = read("a.csv", "a,100,1,2,3\n");
    assertEquals(4, plain.get(0).length());
    assertEquals(OptionalDouble.empty(), plain.get(0).rateHz());
    assertFalse(plain.hasRates());
  }

  @Test
  void aRateThatIsNotKnownIsAQuestionMark() {
    TimeSeriesSet set = read("a.csv", "label,rate_hz\na,100,1,2\nb,?,3,4\n");
    assertEquals(OptionalDouble.of(100), set.get(0).rateHz());
    assertEquals(OptionalDouble.empty(), set.get(1).rateHz());
    assertEquals(OptionalDouble.empty(), set.commonRateHz());
    assertTrue(assertThrows(BadSeriesException.class, set::ratesHz).getMessage().contains("series 2"));
  }

  @Test
  void aTsFileHasOneForAll() {
    TimeSeriesSet set = read("a.ts", "@samplingRate 250\n@classLabel true a b\n@data\n1,2:3,4:a\n5,6:7,8:b\n");
    assertArrayEquals(new double[] {250, 250}, set.ratesHz());
    assertEquals(OptionalDouble.of(250), set.commonRateHz());
  }

  @Test
  void anArffFileHasAnAttribute() {
    String values = "@attribute t0 numeric\n@attribute t1 numeric\n@attribute t2 numeric\n";
    assertEquals(TWO,
        read("a.arff", "@attribute rate_hz numeric\n" + values + "@attribute class {a,b}\n@data\n100,1,2,3,a\n12.5,4,5,6,b\n")
            .series());
    assertEquals(List.of(TimeSeries.of("a", new float[] {1, 2, 3}, new float[] {4, 5, 6}).withRateHz(100)),
        read("m.arff", "@attribute rate_hz numeric\n@attribute series relational\n" + values
            + "@end series\n@attribute class {a,b}\n@data\n100,'1,2,3\\n4,5,6',a\n").series());
    BadFile.assertComplaint(BadFile.write(folder, "late.arff", values + "@attribute rate_hz numeric\n"), 4,
        "must be the first one");
    BadFile.assertComplaint(BadFile.write(folder, "bare.arff",
        "@attribute rate_hz numeric\n" + values + "@attribute class {a,b}\n@data\n100,a\n"), 7,
        "no values behind the sampling rate");
    BadFile.assertComplaint(BadFile.write(folder, "empty.arff",
        "@attribute rate_hz numeric\n@attribute series relational\n" + values + "@end series\n@data\n100,\n"), 8,
        "must stand in quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "NaN", "inf", "fast", "", "12 000", "1e999"})
  void whatIsNoRateIsRefusedAtItsPlace(String rate) {
    BadFile.assertComplaint(BadFile.write(folder, "a.csv", "label,rate_hz\na,100,1,2\nb," + rate + ",3,4\n"), 3,
        "rate_hz is '" + rate + "'", "samples a second");
    BadFile.assertComplaint(
        BadFile.write(folder, "a.ts", "@classLabel true a\n@samplingRate " + rate + "\n@data\n1,2:a\n"), 4,
        "@samplingRate is '" + rate + "'");
    BadFile.assertComplaint(BadFile.write(folder, "a.arff",
        "@attribute rate_hz real\n@attribute t0 real\n@attribute t1 real\n@data\n" + rate + ",1,2\n"), 5,
        "rate_hz is '" + rate + "'");
  }

  @Test
  void aColumnOfRatesInAnotherPlaceIsRefused() {
    BadFile.assertComplaint(BadFile.write(folder, "a.csv", "label,t0,t1,rate_hz\na,1,2,100\n"), 1, "column 4 is called rate_hz",
        "second column");
    BadFile.assertComplaint(BadFile.write(folder, "b.csv", "label,rate_hz\na,100\n"), 2, "no point");
  }

  @Test
  void writtenRatesReadBack() throws IOException {
    TimeSeriesSet set = TimeSeriesSet.of("own", TWO);
    for (SeriesOutput format : List.of(SeriesOutput.CSV, SeriesOutput.TSV)) assertEquals(TWO, copied(format, set).series());
    TimeSeriesSet same = set.map(series -> series.withRateHz(48_000));
    assertEquals(same.series(), copied(SeriesOutput.TS, same).series());
    assertTrue(assertThrows(BadSeriesException.class, () -> copied(SeriesOutput.TS, set)).getMessage().contains(".csv"));
    TimeSeriesSet half = TimeSeriesSet.of("own", List.of(TWO.get(0), TimeSeries.of("b", new float[] {1, 2})));
    assertEquals(half.series(), copied(SeriesOutput.CSV, half).series());
  }

  private TimeSeriesSet copied(SeriesOutput format, TimeSeriesSet set) throws IOException {
    Path file = folder.resolve("copy." + format.name().toLowerCase());
    try (var out = Files.newOutputStream(file)) {
      format.write(out, set);
    }
    return SeriesFiles.read(file);
  }

  @Test
  void resamplingChangesARateAndCuttingDoesNot() {
    TimeSeries series = TimeSeries.of(new float[] {1, 2, 3, 4, 5, 6}).withRateHz(100);
    assertEquals(OptionalDouble.of(25), new SamplingRate(0.25).apply(series, ResampleMethod.LINEAR.resampler()).rateHz());
    assertEquals(OptionalDouble.of(50), ResampleMethod.AREA.resampler().resample(series, 3).rateHz());
    assertEquals(OptionalDouble.of(100), series.withChannels(new float[] {2, 3}).rateHz());
    assertThrows(BadSeriesException.class, () -> series.withRateHz(0));
    assertThrows(BadSeriesException.class, () -> series.withRateHz(Double.NaN));
  }
}
