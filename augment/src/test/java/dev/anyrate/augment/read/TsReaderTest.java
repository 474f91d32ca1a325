package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsReaderTest {
  @TempDir
  private Path folder;

  @Test
  void readsChannelsLabelsAndUnequalLengths() {
    TimeSeriesSet set = read("""
        # a comment
        % another

        @problemName Two Moves
        @TIMESTAMPS false
        @univariate false
        @dimensions 2
        @equalLength false
        @classLabel true walk run
        @data
        1,2.5,-3e-1:4,5,6:run

        # between the rows
        1,2:3,4:walk
        """);
    assertEquals("Two Moves", set.name());
    assertEquals(List.of("walk", "run"), set.classNames());
    assertEquals(List.of(TimeSeries.of("run", new float[] {1, 2.5f, -0.3f}, new float[] {4, 5, 6}),
        TimeSeries.of("walk", new float[] {1, 2}, new float[] {3, 4})), set.series());
  }

  @Test
  void readsSeriesWithoutLabels() {
    TimeSeriesSet set = read("@classLabel false\n@data\n1,2:3,4\n");
    assertFalse(set.isLabelled());
    assertEquals(2, set.channels());
  }

  @Test
  void readsMissingValuesAndTakesAMissingTailForALength() {
    TimeSeriesSet set = read("@classLabel true a\n@data\n1,?,3,NaN:4,5,?,?:a\n");
    assertArrayEquals(new float[] {1, Float.NaN, 3}, set.get(0).channel(0));
    assertEquals(2, set.missingValues());
  }

  /// In a header a question mark is no class, as it is none behind a series.
  @Test
  void takesAQuestionMarkAmongTheClassesForNone() {
    TimeSeriesSet set = read("@classLabel true ? b a\n@data\n1,2:?\n3,4:a\n");
    assertEquals(List.of("b", "a"), set.classNames());
    assertEquals(List.of(TimeSeries.of(new float[] {1, 2}), TimeSeries.of("a", new float[] {3, 4})), set.series());
  }

  @Test
  void readsLabelsWrittenAsFloats() {
    TimeSeriesSet set = read("@classLabel true 1.0 2.0\n@data\n1,2:2\n3,4:1.0000000e+00\n");
    assertEquals(List.of("1", "2"), set.classNames());
    assertArrayEquals(new int[] {1, 0}, set.labels());
  }

  @Test
  void readsTheTargetsOfARegressionAsLabels() {
    assertEquals("0.25", read("@targetLabel true\n@data\n1,2:0.2500\n").get(0).label().orElseThrow());
  }

  @Test
  void readsFilesOfWindowsAndWithByteOrderMark() {
    assertEquals(1, read("\uFEFF@classLabel true a\r\n@data\r\n1,2:a\r\n").size());
  }

  @Test
  void takesTheNameFromTheFileIfTheHeaderHasNone() {
    assertEquals("Own", SeriesFiles.read(BadFile.write(folder, "Own_TRAIN.ts", "@classLabel false\n@data\n1,2\n")).name());
  }

  @Test
  void complainsOfTextWhereANumberBelongs() {
    assertComplaint("@classLabel true a\n@data\n1,2,3:a\n1,two,3:a\n", 4, "value 2 is 'two', not a number");
    assertComplaint("@classLabel true a\n@data\n1,2f,3:a\n", 3, "'2f'");
    assertComplaint("@classLabel true a\n@data\n1,0x1p3,3:a\n", 3, "'0x1p3'");
  }

  @Test
  void complainsOfInfiniteValues() {
    assertComplaint("@classLabel true a\n@data\n1,2,-inf:a\n", 3, "value 3 of channel 1 is infinite");
    assertComplaint("@classLabel true a\n@data\n1,2,1e60:a\n", 3, "infinite");
  }

  @Test
  void complainsOfShapesThatNoSeriesHas() {
    assertComplaint("@classLabel true a\n@data\n1,2,3:4,5:a\n", 3, "ragged channels");
    assertComplaint("@classLabel true a\n@data\n1:a\n", 3, "one point");
    assertComplaint("@classLabel true a\n@data\n1,2:3,4:a\n1,2:a\n", 4, "1 channel,", "2");
    assertComplaint("@classLabel true a\n@data\n?,?,?:a\n", 3, "all values of channel 1 are missing");
  }

  @Test
  void complainsOfLabels() {
    assertComplaint("@classLabel true a b\n@data\n1,2:c\n", 3, "label 'c'", "[a, b]");
    assertComplaint("@classLabel true a b\n@data\n1,2,3\n", 3, "no label");
    assertComplaint("@classLabel true a b\n@data\n1,2,3:\n", 3, "label is empty");
  }

  @Test
  void complainsOfRowsThatContradictTheHeader() {
    assertComplaint("@univariate true\n@classLabel false\n@data\n1,2:3,4\n", 4, "2 channels", "promises 1");
    assertComplaint("@dimensions 3\n@classLabel false\n@data\n1,2:3,4\n", 4, "2 channels", "promises 3");
    assertComplaint("@seriesLength 3\n@classLabel false\n@data\n1,2\n", 4, "2 values", "promises 3");
    assertComplaint("@equalLength true\n@classLabel false\n@data\n1,2\n1,2,3\n", 5, "3 values", "promises 2");
    assertComplaint("@missing false\n@classLabel false\n@data\n1,?,3\n", 4, "@missing false");
  }

  @Test
  void complainsOfHeadersThatContradictThemselves() {
    assertComplaint("@univariate true\n@dimensions 2\n@classLabel false\n@data\n1,2\n", 4, "contradicts");
    assertComplaint("@equalLength false\n@seriesLength 2\n@classLabel false\n@data\n1,2\n", 4, "contradicts");
  }

  @Test
  void complainsOfHeadersThatCannotBeRead() {
    assertComplaint("@timeStamps true\n@classLabel false\n@data\n1,2\n", 1, "evenly sampled");
    assertComplaint("@univariate perhaps\n@classLabel false\n@data\n1,2\n", 1, "'perhaps'", "true or false");
    assertComplaint("@dimensions 0\n@classLabel false\n@data\n1,2\n", 1, "'0'", "whole number");
    assertComplaint("@data\n1,2\n", 1, "no @classLabel");
    assertComplaint("@classLabel false\n1,2\n", 2, "before @data");
  }

  @Test
  void complainsOfFilesWithoutSeries() {
    assertComplaint("", 0, "no series");
    assertComplaint("@classLabel false\n@data\n", 0, "no series");
    assertComplaint("@classLabel false\n", 0, "no series");
  }

  @Test
  void passesOverTagsItDoesNotKnow() {
    assertTrue(read("@frequency 10 Hz\n@classLabel false\n@data\n1,2\n").series().size() == 1);
  }

  private TimeSeriesSet read(String content) {
    return SeriesFiles.read(BadFile.write(folder, "set.ts", content));
  }

  private void assertComplaint(String content, int line, String... words) {
    BadFile.assertComplaint(BadFile.write(folder, "bad.ts", content), line, words);
  }
}
