package dev.anyrate.augment.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeSeriesSetTest {

  @Test
  void ordersClassesAsNumbersWhereAllAreNumbers() {
    assertEquals(List.of("-1", "2", "10"), labelled("10", "2", "-1", "2").classNames());
    assertEquals(List.of("10", "2", "b"), labelled("b", "10", "2").classNames());
  }

  @Test
  void givesLabelsAsIndicesOfItsClasses() {
    assertArrayEquals(new int[] {2, 1, 0, 1}, labelled("10", "2", "-1", "2").labels());
  }

  @Test
  void givesLabelsAsIndicesOfTheClassesOfAnotherSet() {
    TimeSeriesSet train = labelled("a", "b", "c");
    assertArrayEquals(new int[] {2, 1}, labelled("c", "b").labels(train.classNames()));
    String message = assertThrows(BadSeriesException.class, () -> labelled("c", "d").labels(train.classNames())).getMessage();
    assertTrue(message.contains("series 2 has the label 'd'"), message);
  }

  @Test
  void saysWhichSeriesHasNoLabel() {
    TimeSeriesSet set = labelled("a", null);
    assertFalse(set.isLabelled());
    assertTrue(assertThrows(BadSeriesException.class, set::labels).getMessage().contains("series 2 has no label"));
  }

  @Test
  void refusesMixedChannelsAndEmptySetsAndUndeclaredLabels() {
    TimeSeries one = TimeSeries.of("a", new float[2]);
    TimeSeries two = TimeSeries.of("a", new float[2], new float[2]);
    assertTrue(complaint(() -> TimeSeriesSet.of("set", List.of(one, two))).contains("series 2 has 2"));
    assertTrue(complaint(() -> TimeSeriesSet.of("set", List.of())).contains("no series"));
    assertTrue(complaint(() -> new TimeSeriesSet("set", List.of(one), List.of("b"))).contains("none of the classes [b]"));
  }

  /// Its index would be that of the last one, and the next class would have the same.
  @Test
  void refusesAClassThatIsNamedTwice() {
    TimeSeries one = TimeSeries.of("a", new float[2]);
    TimeSeries other = TimeSeries.of("b", new float[2]);
    assertTrue(complaint(() -> new TimeSeriesSet("set", List.of(one, other), List.of("a", "a", "b")))
        .contains("class 'a' is named twice"));
  }

  @Test
  void knowsItsLengths() {
    TimeSeriesSet set = ofLengths(7, 3, 5, 9);
    assertEquals(3, set.minLength());
    assertEquals(9, set.maxLength());
    assertEquals(7, set.medianLength());
    assertEquals(5, ofLengths(3, 9, 5).medianLength());
  }

  @Test
  void countsConstantSeries() {
    TimeSeriesSet set = TimeSeriesSet.of("set", List.of(TimeSeries.of(new float[] {1, 1}), TimeSeries.of(new float[] {1, 2})));
    assertEquals(1, set.constantSeries());
  }

  @Test
  void selectsSeriesAndKeepsItsClasses() {
    TimeSeriesSet chosen = labelled("a", "b", "c").select(2, 0);
    assertArrayEquals(new int[] {2, 0}, chosen.labels());
  }

  @Test
  void drawsSomeOfItsSeriesAlwaysTheSameInItsOrder() {
    TimeSeriesSet set = ofLengths(2, 3, 4, 5, 6, 7, 8);
    List<Integer> drawn = set.draw(3).series().stream().map(TimeSeries::length).toList();
    assertEquals(drawn.stream().distinct().sorted().toList(), drawn);
    assertEquals(3, drawn.size());
    assertEquals(set.draw(3), set.draw(3));
    assertEquals(set, set.draw(7));
    assertEquals(set, set.draw(1000));
    assertTrue(assertThrows(IllegalArgumentException.class, () -> set.draw(0)).getMessage().contains("at least 1"));
  }

  /// Of 900 series 300 are drawn, so of each class 100, with a deviation of 7.
  @Test
  void drawsFromEveryClassWhereTheyTakeTurns() {
    int[] labels = labelled(IntStream.range(0, 900).mapToObj(i -> "c" + i % 3).toArray(String[]::new)).draw(300).labels();
    for (int label = 0; label < 3; label++) {
      int one = label;
      assertEquals(100, Arrays.stream(labels).filter(other -> other == one).count(), 35);
    }
  }

  private static String complaint(Runnable action) {
    return assertThrows(BadSeriesException.class, action::run).getMessage();
  }

  private static TimeSeriesSet labelled(String... labels) {
    return TimeSeriesSet.of("set", Stream.of(labels).map(label -> TimeSeries.of(label, new float[] {1, 2})).toList());
  }

  private static TimeSeriesSet ofLengths(Integer... lengths) {
    return TimeSeriesSet.of("set", Stream.of(lengths).map(length -> TimeSeries.of(new float[length])).toList());
  }
}
