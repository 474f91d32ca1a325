package dev.anyrate.augment.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.InvariantView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedTimeSeriesDatasetTest {
  private static final TimeSeriesSet SET = SyntheticData.create(50, 40, 2, 5, 1);
  private static final Augmentation UNCHANGED = (series, _) -> series;

  @Test
  void givesTheSameBatchesForAnyNumberOfThreads() {
    List<PairedBatch> one = batches(builder().loaderThreads(1).build(), 3);
    for (int threads : new int[] {2, 3, 8}) assertSameBatches(one, batches(builder().loaderThreads(threads).build(), 3));
  }

  @Test
  void givesOtherBatchesForAnotherSeedOrEpoch() {
    float[] first = batches(builder().build(), 1).getFirst().view1();
    assertFalse(Arrays.equals(first, batches(builder().build(), 2).getFirst().view1()));
    assertFalse(Arrays.equals(first, batches(builder().seed(8).build(), 1).getFirst().view1()));
  }

  @Test
  void resumesInTheMiddleOfAnEpoch() {
    PairedTimeSeriesDataset pairs = builder().build();
    List<PairedBatch> rest = new ArrayList<>();
    pairs.epoch(4, 3).forEach(rest::add);
    assertSameBatches(batches(pairs, 4).subList(3, 7), rest);
    assertFalse(pairs.epoch(4, 7).iterator().hasNext());
    assertThrows(IllegalArgumentException.class, () -> pairs.epoch(4, 8));
    assertThrows(IllegalArgumentException.class, () -> pairs.epoch(4, -1));
  }

  @Test
  void showsEverySeriesOnceInAnOrderOfItsOwnInEachEpoch() {
    PairedTimeSeriesDataset pairs = PairedTimeSeriesDataset.builder(numbered(20)).view(UNCHANGED).batchSize(5).seed(1).build();
    List<Float> first = firstValues(batches(pairs, 1));
    assertEquals(IntStream.range(0, 20).mapToObj(i -> (float) i).collect(Collectors.toSet()), Set.copyOf(first));
    assertNotEquals(first, first.stream().sorted().toList());
    assertNotEquals(first, firstValues(batches(pairs, 2)));
  }

  @Test
  void makesBatchesAsEqualAsCanBeAndDropsNoSeries() {
    PairedTimeSeriesDataset pairs = PairedTimeSeriesDataset.builder(numbered(20)).view(UNCHANGED).batchSize(8).build();
    assertEquals(3, pairs.batchesPerEpoch());
    assertEquals(7, pairs.batchSize());
    assertEquals(List.of(6, 7, 7), batches(pairs, 1).stream().map(PairedBatch::batchSize).toList());
    assertEquals(20, Set.copyOf(firstValues(batches(pairs, 1))).size());
  }

  @Test
  void neverLeavesAPairAlone() {
    PairedTimeSeriesDataset pairs = PairedTimeSeriesDataset.builder(numbered(3)).view(UNCHANGED).batchSize(2).build();
    assertEquals(List.of(3), batches(pairs, 1).stream().map(PairedBatch::batchSize).toList());
  }

  @Test
  void makesOneBatchOfASetSmallerThanTheBatchSize() {
    PairedTimeSeriesDataset pairs = PairedTimeSeriesDataset.builder(numbered(3)).build();
    assertEquals(3, pairs.batchSize());
    assertEquals(1, pairs.batchesPerEpoch());
  }

  @Test
  void keepsBothViewsOfASeriesInOneRow() {
    Augmentation plusHundred = (series, _) -> TimeSeries.of(new float[] {series.channel(0)[0] + 100, 0});
    PairedTimeSeriesDataset pairs = PairedTimeSeriesDataset.builder(numbered(20)).views(UNCHANGED, plusHundred).batchSize(5)
        .build();
    for (PairedBatch batch : pairs.epoch(1)) {
      for (int row = 0; row < 5; row++) assertEquals(batch.view1()[2 * row] + 100, batch.view2()[2 * row]);
    }
  }

  @Test
  void drawsBothViewsOfASeriesIndependently() {
    PairedBatch batch = batches(PairedTimeSeriesDataset.builder(SET).view(new InvariantView(64)).length(64).build(), 1)
        .getFirst();
    assertFalse(Arrays.equals(batch.view1(), batch.view2()));
  }

  @Test
  void padsWithZerosAndKeepsTheValidLengths() {
    TimeSeriesSet set = TimeSeriesSet.of("set", List.of(TimeSeries.of(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}),
        TimeSeries.of(new float[] {9, 9}, new float[] {8, 8})));
    PairedBatch batch = batches(PairedTimeSeriesDataset.builder(set).view(UNCHANGED).build(), 1).getFirst();
    assertEquals(4, batch.length());
    int shortRow = batch.lengths1()[0] == 2 ? 0 : 1;
    assertEquals(2, batch.lengths1()[shortRow]);
    assertEquals(4, batch.lengths1()[1 - shortRow]);
    assertArrayEquals(new float[] {9, 9, 0, 0, 8, 8, 0, 0}, Arrays.copyOfRange(batch.view1(), 8 * shortRow, 8 * shortRow + 8));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8},
        Arrays.copyOfRange(batch.view1(), 8 - 8 * shortRow, 16 - 8 * shortRow));
    assertArrayEquals(batch.lengths1(), batch.lengths2());
  }

  @Test
  void cropsLongViewsAtARandomPlaceButAllChannelsAtTheSame() {
    float[] ramp = new float[100];
    for (int t = 0; t < 100; t++) ramp[t] = t;
    TimeSeriesSet set = TimeSeriesSet.of("set", IntStream.range(0, 50).mapToObj(_ -> TimeSeries.of(ramp, ramp)).toList());
    PairedBatch batch = batches(PairedTimeSeriesDataset.builder(set).view(UNCHANGED).length(10).build(), 1).getFirst();
    Set<Float> starts = IntStream.range(0, 50).mapToObj(row -> batch.view1()[20 * row]).collect(Collectors.toSet());
    assertTrue(starts.size() > 20, "starts " + starts);
    for (int row = 0; row < 50; row++) {
      assertEquals(10, batch.lengths1()[row]);
      for (int t = 0; t < 10; t++) {
        assertEquals(batch.view1()[20 * row] + t, batch.view1()[20 * row + t]);
        assertEquals(batch.view1()[20 * row + t], batch.view1()[20 * row + 10 + t]);
      }
    }
  }

  @Test
  void takesTheFirstViewUpAndTheSecondDown() {
    PairedTimeSeriesDataset pairs = builder().upsampleRate(3).downsampleRate(0.25).jitterStd(0).length(120).batchSize(50).build();
    PairedBatch batch = batches(pairs, 1).getFirst();
    int[] up = Arrays.stream(batch.lengths1()).sorted().toArray();
    int[] down = Arrays.stream(batch.lengths2()).sorted().toArray();
    assertTrue(up[0] >= 40 && up[0] < 50 && up[49] > 100 && up[49] <= 120, Arrays.toString(up));
    assertTrue(down[0] >= 10 && down[0] < 13 && down[49] > 34 && down[49] <= 40, Arrays.toString(down));
  }

  @Test
  void refusesWhatCannotBeTrainedOn() {
    assertComplaint("NT-Xent", () -> builder().batchSize(1));
    assertComplaint("a single series", () -> PairedTimeSeriesDataset.builder(SET.select(0)).build());
    assertComplaint("MissingValues.INTERPOLATE", () -> PairedTimeSeriesDataset.builder(
        TimeSeriesSet.of("gaps", List.of(TimeSeries.of(new float[] {1, Float.NaN}), TimeSeries.of(new float[] {1, 2})))));
  }

  @Test
  void refusesParametersOutOfBounds() {
    assertComplaint("upsample rate 0.5", () -> builder().upsampleRate(0.5));
    assertComplaint("downsample rate 0.0", () -> builder().downsampleRate(0));
    assertComplaint("downsample rate 2.0", () -> builder().downsampleRate(2));
    assertComplaint("upsample rate NaN", () -> builder().upsampleRate(Double.NaN));
    assertComplaint("rate 1.0E9", () -> builder().upsampleRate(1e9).build());
    assertComplaint("jitter", () -> builder().jitterStd(-1).build());
    assertComplaint("length 1", () -> builder().length(1));
    assertComplaint("loader threads 0", () -> builder().loaderThreads(0));
    assertComplaint("too large", () -> builder().length(1 << 30).build());
    assertComplaint("views are given", () -> builder().jitterStd(0.1).view(UNCHANGED).build());
  }

  @Test
  void saysWhichViewAnAugmentationHasSpoilt() {
    Augmentation gaps = (series, _) -> series.withChannels(new float[] {1, Float.NaN}, new float[] {1, 2});
    Augmentation oneChannel = (series, _) -> series.withChannels(new float[] {1, 2});
    assertComplaint("view 2 of series", () -> batches(builder().views(UNCHANGED, gaps).build(), 1));
    assertComplaint("view 1 of series", () -> batches(builder().views((_, _) -> null, UNCHANGED).build(), 1));
    assertComplaint("1 of 2 channels", () -> batches(builder().views(oneChannel, UNCHANGED).build(), 1));
    Augmentation tooLarge = (series, _) -> series.withChannels(new float[] {1, Float.POSITIVE_INFINITY}, new float[] {1, 2});
    assertComplaint("view 2 of series", () -> batches(builder().views(UNCHANGED, tooLarge).build(), 1));
  }

  private static void assertComplaint(String words, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(words), message);
    assertFalse(message.contains("\n"), message);
  }

  private static PairedTimeSeriesDataset.Builder builder() {
    return PairedTimeSeriesDataset.builder(SET).batchSize(8).seed(7);
  }

  private static TimeSeriesSet numbered(int count) {
    return TimeSeriesSet.of("numbered", IntStream.range(0, count).mapToObj(i -> TimeSeries.of(new float[] {i, 0})).toList());
  }

  private static List<Float> firstValues(List<PairedBatch> batches) {
    List<Float> values = new ArrayList<>();
    for (PairedBatch batch : batches) {
      for (int row = 0; row < batch.batchSize(); row++) values.add(batch.view1()[row * batch.channels() * batch.length()]);
    }
    return values;
  }

  private static List<PairedBatch> batches(PairedTimeSeriesDataset pairs, int epoch) {
    List<PairedBatch> batches = new ArrayList<>();
    for (PairedBatch batch : pairs.epoch(epoch)) batches.add(batch);
    return batches;
  }

  private static void assertSameBatches(List<PairedBatch> expected, List<PairedBatch> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).view1(), actual.get(i).view1());
      assertArrayEquals(expected.get(i).view2(), actual.get(i).view2());
      assertArrayEquals(expected.get(i).lengths1(), actual.get(i).lengths1());
      assertArrayEquals(expected.get(i).lengths2(), actual.get(i).lengths2());
    }
  }
}
