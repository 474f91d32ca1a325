package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The public sets, held against what their documentation says of them.
class RealDataTest {

  @ParameterizedTest
  @CsvSource({"ArrowHead, 3, 36, 175, 251, 251, 1", "BasicMotions, 4, 40, 40, 100, 100, 6", "CWRU12k, 9, 81, 54, 512, 512, 1",
      "CWRU48k, 9, 81, 54, 2048, 2048, 1", "ECG200, 2, 100, 100, 96, 96, 1", "GunPoint, 2, 50, 150, 150, 150, 1",
      "ItalyPowerDemand, 2, 67, 1029, 24, 24, 1", "JapaneseVowels, 9, 270, 370, 7, 29, 12", "Trace, 4, 100, 100, 275, 275, 1"})
  void hasTheSizesOfItsDocumentation(String name, int classes, int trainSize, int testSize, int min, int max, int channels) {
    var dataset = new DatasetFolder(RealData.folder(name));
    TimeSeriesSet train = dataset.train();
    TimeSeriesSet test = dataset.test();
    assertEquals(name, train.name());
    assertEquals(trainSize, train.size());
    assertEquals(testSize, test.size());
    assertEquals(classes, train.classNames().size());
    assertEquals(train.classNames(), test.classNames());
    assertEquals(channels, train.channels());
    assertEquals(min, Math.min(train.minLength(), test.minLength()));
    assertEquals(max, Math.max(train.maxLength(), test.maxLength()));
    assertEquals(0, train.missingValues() + test.missingValues());
    assertEquals(classes, Arrays.stream(test.labels()).distinct().count());
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void readsEqualFromFourFormats(Split split) {
    Path folder = RealData.folder("GunPoint");
    TimeSeriesSet expected = SeriesFormat.TS.reader().read(folder.resolve("GunPoint_" + split + ".ts"), split);
    for (SeriesFormat format : List.of(SeriesFormat.TSV, SeriesFormat.TXT, SeriesFormat.ARFF)) {
      assertEquals(expected, format.reader().read(folder.resolve("GunPoint_" + split + format.extension()), split),
          format.name());
    }
  }

  @Test
  void readsTheValuesThatTheFilesShow() {
    TimeSeriesSet gunPoint = SeriesFiles.read(RealData.folder("GunPoint"));
    assertEquals(-0.6478854f, gunPoint.get(0).channel(0)[0]);
    assertEquals("2", gunPoint.get(0).label().orElseThrow());
    TimeSeriesSet trace = SeriesFiles.read(RealData.folder("Trace"));
    assertArrayEquals(new int[] {0, 1, 3, 2}, Arrays.copyOf(trace.labels(), 4)); // y_train begins 1, 2, 4, 3
    assertEquals(0.54407f, trace.get(0).channel(0)[0], 1e-6f);
  }
}
