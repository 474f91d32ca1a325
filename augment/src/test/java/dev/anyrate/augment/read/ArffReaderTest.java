package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArffReaderTest {
  private static final float NAN = Float.NaN;
  private static final String ONE_CHANNEL = """
      % comment
      @RELATION 'Own set'
      @attribute a1 numeric
      @attribute 'a 2' REAL
      @attribute a3 integer
      @attribute target {b, 'a, or c'}
      @DATA
      """; // 7 lines
  private static final String TWO_CHANNELS = """
      @relation moves
      @attribute relationalAtt relational
        @attribute t0 numeric
        @attribute t1 numeric
      @end relationalAtt
      @attribute activity {walk,run}
      @data
      """; // 7 lines
  @TempDir
  private Path folder;

  @Test
  void readsOneChannelWithTheLabelLast() {
    TimeSeriesSet set = read(ONE_CHANNEL + "1,2,3,b\n4, ?, 6 ,'a, or c'\n");
    assertEquals("Own set", set.name());
    assertEquals(List.of("b", "a, or c"), set.classNames());
    assertEquals(List.of(TimeSeries.of("b", new float[] {1, 2, 3}), TimeSeries.of("a, or c", new float[] {4, NAN, 6})),
        set.series());
  }

  @Test
  void readsChannelsOfARelationalAttribute() {
    TimeSeriesSet set = read(TWO_CHANNELS + "'1,2\\n3,4',run\n\"5,6\\n7,8\",walk\n");
    assertEquals(List.of("walk", "run"), set.classNames());
    assertEquals(List.of(TimeSeries.of("run", new float[] {1, 2}, new float[] {3, 4}),
        TimeSeries.of("walk", new float[] {5, 6}, new float[] {7, 8})), set.series());
  }

  @Test
  void readsSeriesWithoutAClass() {
    TimeSeriesSet set = read("@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1,2\n");
    assertFalse(set.isLabelled());
    assertEquals(2, set.maxLength());
  }

  @Test
  void readsAClassThatIsText() {
    String header = "@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute c string\n@data\n";
    assertEquals("x", read(header + "1,2,x\n").get(0).label().orElseThrow());
  }

  /// Two spellings of a class are one, and a question mark is none.
  @Test
  void readsClassesThatAreNamedTwiceOrNotKnown() {
    TimeSeriesSet set = read(
        "@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute c {1, 1.0, ?, 2}\n@data\n1,2,2\n3,4,1.0\n5,6,?\n");
    assertEquals(List.of("1", "2"), set.classNames());
    assertEquals(List.of("2", "1"), set.series().stream().flatMap(one -> one.label().stream()).toList());
  }

  @Test
  void complainsOfRowsWithTheLine() {
    assertComplaint(ONE_CHANNEL + "1,2,3,b\n1,x,3,b\n", 9, "value 2 is 'x'");
    assertComplaint(ONE_CHANNEL + "1,2,b\n", 8, "2 values", "3 numeric attributes");
    assertComplaint(ONE_CHANNEL + "1,2,3,z\n", 8, "label 'z'");
    assertComplaint(ONE_CHANNEL + "b\n", 8, "no label");
    assertComplaint(ONE_CHANNEL + "{0 1, 2 3}\n", 8, "sparse");
    assertComplaint(ONE_CHANNEL + "1,2,inf,b\n", 8, "infinite");
    assertComplaint(TWO_CHANNELS + "'1,2\\n3',run\n", 8, "ragged");
    assertComplaint(TWO_CHANNELS + "'1,2,3\\n3,4,5',run\n", 8, "3 values", "2 numeric attributes");
    assertComplaint(TWO_CHANNELS + "1,2,run\n", 8, "quotes");
    assertComplaint(TWO_CHANNELS + "'1,2\\n3,4'\n", 8, "no label");
    assertComplaint(TWO_CHANNELS + "'1,2\\n3,4',run\n'1,2',run\n", 9, "1 channel,");
  }

  @Test
  void complainsOfHeaders() {
    assertComplaint("@relation r\n@attribute a date\n@data\n", 2, "type 'date'");
    assertComplaint("@relation r\n@attribute c {x}\n@attribute a numeric\n", 3, "after the class");
    assertComplaint("@relation r\n@attribute a numeric\n@attribute b relational\n", 3, "relational");
    assertComplaint("@relation r\n@attribute c {x}\n@data\n", 3, "no numeric attribute");
    assertComplaint("1,2,3\n", 1, "before @data");
    assertComplaint("@relation r\n@attribute 'open numeric\n", 2, "without a name");
    assertComplaint("", 0, "no series");
    assertComplaint(ONE_CHANNEL, 0, "no series");
  }

  private TimeSeriesSet read(String content) {
    return SeriesFiles.read(BadFile.write(folder, "set.arff", content));
  }

  private void assertComplaint(String content, int line, String... words) {
    BadFile.assertComplaint(BadFile.write(folder, "bad.arff", content), line, words);
  }
}
