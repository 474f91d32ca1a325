package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedReaderTest {
  private static final float NAN = Float.NaN;
  @TempDir
  private Path folder;

  @Test
  void readsTabsWithTheLabelFirst() {
    TimeSeriesSet set = read("Own_TEST.tsv", "2\t1.5\t-2\n1\t3\t4\t5\n");
    assertEquals("Own", set.name());
    assertEquals(List.of("1", "2"), set.classNames());
    assertEquals(List.of(TimeSeries.of("2", new float[] {1.5f, -2}), TimeSeries.of("1", new float[] {3, 4, 5})), set.series());
  }

  @Test
  void readsBlanksOfAnyWidthAndLabelsWrittenAsFloats() {
    TimeSeriesSet set = read("set.txt", "   1.0000000e+00  1.0e+00   2\t3  \n  -1.0000000e+00  4 5 6\n");
    assertEquals(List.of(TimeSeries.of("1", new float[] {1, 2, 3}), TimeSeries.of("-1", new float[] {4, 5, 6})), set.series());
  }

  @Test
  void readsCommasAndQuotedLabels() {
    assertEquals(List.of(TimeSeries.of("slow walk", new float[] {1, 2})), read("set.csv", "\"slow walk\", 1, 2\n").series());
  }

  @Test
  void passesOverALineOfColumnNames() {
    List<TimeSeries> expected = List.of(TimeSeries.of("a", new float[] {1, 2}));
    assertEquals(expected, read("set.csv", "class,t0,t1\na,1,2\n").series());
    assertEquals(expected, read("set.csv", "name,first,second\na,1,2\n").series());
    assertEquals(expected, read("set.csv", "Label,0,1\na,1,2\n").series());
  }

  /// As the first class of brain recordings is called: taken for column names, its first series would be lost without a word.
  @Test
  void readsAFirstSeriesWhoseClassIsCalledLikeAColumn() {
    List<TimeSeries> expected = List.of(TimeSeries.of("target", new float[] {3, 1, 2}),
        TimeSeries.of("other", new float[] {1, 2, 3}));
    assertEquals(expected, read("set.csv", "target,3,1,2\nother,1,2,3\n").series());
    assertEquals(List.of(TimeSeries.of("class", new float[] {1, 1})), read("set.csv", "class,1,1\n").series());
  }

  @Test
  void takesNumbersThatOnlyRiseBehindTheNameOfAColumnForColumnNames() {
    List<TimeSeries> expected = List.of(TimeSeries.of("a", new float[] {1, 2}));
    assertEquals(expected, read("set.csv", "target,0,0.5\na,1,2\n").series());
    assertEquals(expected, read("set.csv", "label\na,1,2\n").series());
    assertEquals(expected, read("set.csv", "label,0,1,\na,1,2\n").series());
    assertEquals(expected, read("set.csv", "label,0,last\na,1,2\n").series());
  }

  @Test
  void readsColumnNamesBehindBlankLines() {
    List<TimeSeries> expected = List.of(TimeSeries.of("a", new float[] {1, 2}));
    assertEquals(expected, read("set.csv", "\r\n \r\nclass,t0,t1\r\na,1,2\r\n").series());
    assertEquals(List.of(expected.getFirst().withRateHz(50)),
        read("set.tsv", "\nlabel\trate_hz\tt0\tt1\na\t50\t1\t2\n").series());
  }

  /// As tables of other programs have it: read in silence, the first value would be the class.
  @Test
  void refusesColumnNamesWithTheLabelElsewhere() {
    assertComplaint("bad.csv", "t0,t1,class\n0.5,0.25,1\n0.75,0.5,2\n", 1, "column 3 is called class",
        "must be the first column");
    assertComplaint("bad.csv", "\"id\",\"Target\",\"t0\",\"t1\"\n1,2,0.5,0.25\n", 1, "column 2 is called Target");
  }

  /// As pandas writes a table whose columns nobody named: read in silence, it would be a first series.
  @ParameterizedTest
  @ValueSource(strings = {"0,1,2,3", "y,0,1,2", ",0,1,2", "\"0\",\"1\",\"2\",\"3\"", "0,1,2", "y,0,1"})
  void refusesALineOfColumnNumbers(String line) {
    assertComplaint("bad.csv", line + "\n1,0.5,0.25,1\n", 1, "only numbers the columns from 0",
        "call the first column label", "write a line of column names above it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,1,2,4", "1,0,1,2", "0,1", "y,0", "0,0,1,2", "0,1.0,2", "y,1,2,3", "y,0,1,2.5", "0,2,1", "?,0,1,2"})
  void readsAFirstSeriesThatResemblesColumnNumbers(String line) {
    String more = line.split(",").length > 2 ? "" : ",,7"; // a series of one value is refused for that
    assertEquals(2, read("set.csv", line + more + "\n1,0,1,2\n").size());
  }

  @Test
  void readsAFirstSeriesLikeColumnNumbersBelowColumnNames() {
    assertEquals(List.of(TimeSeries.of("0", new float[] {1, 2, 3})), read("set.csv", "label,t0\n0,1,2,3\n").series());
  }

  @Test
  void readsFieldsInQuotes() {
    List<TimeSeries> expected = List.of(TimeSeries.of("a", new float[] {1, -2.5e3f}),
        TimeSeries.of("b", new float[] {3, NAN, 4}));
    String rows = "\"a\",\"1\",\"-2.5e3\"\n\"b\", \"3\",\"\",\"4\"\n";
    assertEquals(expected, read("set.csv", rows).series());
    assertEquals(expected, read("set.csv", "\"label\",\"0\",\"1\"\n" + rows).series());
    assertEquals(expected, read("set.tsv", rows.replace(',', '\t')).series());
  }

  @Test
  void readsALabelInQuotesThatHoldsTheSeparator() {
    List<TimeSeries> expected = List.of(TimeSeries.of("walk, slowly", new float[] {1, 2}));
    assertEquals(expected, read("set.csv", "\"walk, slowly\",1,2\n").series());
    assertEquals(List.of(expected.getFirst().withRateHz(50)),
        read("set.csv", "label,rate_hz\n 'walk, slowly',50,1,2\n").series());
    assertEquals(List.of(TimeSeries.of("slow walk", new float[] {1, 2})), read("set.txt", "'slow walk' 1 2\n").series());
    assertEquals(List.of(TimeSeries.of("'t", new float[] {1, 2})), read("set.csv", "'t,1,2\n").series());
  }

  @Test
  void takesEmptyFieldsForMissingAndAnEmptyTailForALength() {
    assertEquals(List.of(TimeSeries.of("a", new float[] {1, NAN, 3})), read("set.csv", "a,1,,3,,\n").series());
    assertEquals(List.of(TimeSeries.of("a", new float[] {1, NAN, 3})), read("set.tsv", "a\t1\tNaN\t3\tNaN\tNaN\n").series());
  }

  @Test
  void takesAQuestionMarkForAnUnknownLabel() {
    assertEquals(List.of(TimeSeries.of(new float[] {1, 2})), read("set.csv", "?,1,2\n").series());
  }

  @Test
  void complainsWithTheLine() {
    assertComplaint("bad.tsv", "1\t1\t2\n1\t1\tx\n", 2, "value 2 is 'x'");
    assertComplaint("bad.tsv", "1\tx\ty\n", 1, "value 1 is 'x'");
    assertComplaint("bad.csv", "1,2,3\n\n1,inf,3\n", 3, "infinite");
    assertComplaint("bad.csv", "target,2,inf,3\n", 1, "infinite");
    assertComplaint("bad.csv", "1,2,3\n,2,3\n", 2, "label is empty");
    assertComplaint("bad.tsv", "\t2\t3\n", 1, "label is empty");
    assertComplaint("bad.txt", "1 2\n", 1, "one point");
    assertComplaint("bad.txt", "hello\n", 1, "a label without values; part label and values by blanks");
    assertComplaint("bad.csv", "1;1;2\n2;3;2\n", 1, "part label and values by commas");
    assertComplaint("bad.csv", "1,?,?\n", 1, "missing");
    assertComplaint("bad.csv", "label,t0,t1\n", 0, "no series");
    assertComplaint("bad.csv", ",,,\n", 1, "label is empty");
    assertComplaint("bad.tsv", "", 0, "no series");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set.csv", "set.tsv", "set.txt"})
  void refusesAFileThatEndsInsideARow(String name) {
    String whole = rows(name, "1,1,2,3 2,4,5,6 1,7,8,9");
    assertEquals(3, read(name, whole).size());
    assertComplaint(name, whole.substring(0, whole.length() - 2), 3, "ends inside this line: 2 values, 3 in every line before",
        "fetch the file again");
  }

  @Test
  void readsAShortLastRowThatIsWholeOrMayBe() {
    assertEquals(2, read("set.csv", "1,1,2,3\n2,4,5,6\n1,7,8\n").get(2).length()); // a line with an end
    assertEquals(2, read("set.csv", "1,1,2,3\n2,4,5,6\n1,7,8\r").get(2).length());
    assertEquals(2, read("set.csv", "1,1,2,3\n2,4,5,6\n1,7,8\n  ").get(2).length());
    assertEquals(2, read("set.csv", "1,1,2,3\n2,4,5,6,7\n1,7,8").get(2).length()); // lengths differ anyway
    assertEquals(2, read("set.csv", "1,1,2,3\n2,4,5").get(1).length()); // one row makes no rule
    assertEquals(3, read("set.csv", "1,1,2,3\n2,4,5,\n1,7,8,9").get(2).length()); // padding is part of a row's width
  }

  private static String rows(String name, String rows) {
    String separator = name.endsWith("tsv") ? "\t" : name.endsWith("txt") ? " " : ",";
    return rows.replace(" ", "\n").replace(",", separator);
  }

  private TimeSeriesSet read(String name, String content) {
    return SeriesFiles.read(BadFile.write(folder, name, content));
  }

  private void assertComplaint(String name, String content, int line, String... words) {
    BadFile.assertComplaint(BadFile.write(folder, name, content), line, words);
  }
}
