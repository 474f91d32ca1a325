package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.model.contract.DataFingerprint;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.evaluate.Invariance;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.testing.TestEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Embeddings of finished runs: encoder and kernels side by side.
class WhitenedEmbeddingTest {
  private static final TimeSeriesSet TRAIN = SyntheticData.create(24, 96, 2, 3, 1);
  private static final TimeSeriesSet TEST = SyntheticData.create(12, 96, 2, 3, 2);
  private static final int KERNELS = 252;

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static ContrastiveModel model(int compact, int kernels, int hidden) {
    var config = new ModelConfig(CnnEncoderConfig.dilated(2, hidden, 5), 4, EmbeddingKind.POOLED, compact, kernels);
    ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.of(InputPreparation.fit(TRAIN)), 3);
    model.fitScale(TRAIN);
    model.fitWhitening(TRAIN);
    return model;
  }

  @Test
  void halfOfThemIsMadeOfKernels() {
    try (ContrastiveModel compact = model(20, KERNELS, 6); ContrastiveModel whole = model(0, KERNELS, 6)) {
      assertEquals(20, compact.encode(TEST)[0].length);
      assertEquals(96 + KERNELS, whole.encode(TEST)[0].length,
          "four statistics of six channels at four levels, and all features of the kernels");
    }
  }

  @ParameterizedTest(name = "hidden {0}, kernels {1}, compact {2}")
  @CsvSource({"64, 4956, 0, 512, 512", "64, 0, 0, 1024, 0", "64, 84, 0, 940, 84", "6, 4956, 0, 96, 928", "6, 252, 0, 96, 252",
      "6, 0, 0, 96, 0",
      "256, 4956, 0, 512, 512", "256, 0, 0, 1024, 0", "64, 4956, 128, 64, 64", "64, 4956, 5, 2, 3", "64, 84, 1000, 916, 84",
      "1, 4956, 128, 16, 112"})
  void whereOneHalfHasFewerTheOtherGivesMore(int hidden, int kernels, int compact, int ofEncoder, int ofKernels) {
    var config = new ModelConfig(CnnEncoderConfig.dilated(2, hidden, 5), 4, EmbeddingKind.POOLED, compact, kernels);
    assertEquals(ofEncoder, config.encoderNumbers());
    assertEquals(ofKernels, config.kernelNumbers());
    assertEquals(ofEncoder + ofKernels, config.embeddingSize());
  }

  /// Three short ones, the first of them flat: what varies in their views lies in few directions, and the products of hundreds of rows in these had no factor.
  @Tag("long") // seconds, in a space of 1,024 directions as TrainingSessionTest has one in the quick round
  @Test
  void fewSeriesGiveFiniteOnes() {
    TimeSeriesSet few = TimeSeriesSet.of("few",
        Stream.of(new float[] {2, 2, 2, 2}, new float[] {1, 3, 2, 5}, new float[] {4, 1, 2, 1})
            .map(TimeSeries::of).toList());
    var config = new ModelConfig(CnnEncoderConfig.dilated(1, 4, 5), 4, EmbeddingKind.POOLED, 0, 15 * 84);
    try (ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.of(InputPreparation.fit(few)), 42)) {
      model.fitScale(few);
      model.fitWhitening(few);
      for (float[] row : model.encode(few)) {
        for (float value : row) assertTrue(Float.isFinite(value));
      }
    }
  }

  /// Over the views that they are fitted to, so that neither half decides a cosine alone; brought to fewer numbers or not.
  @ParameterizedTest
  @ValueSource(ints = {40, 0})
  void bothHalvesVaryByAsMuch(int compact) {
    try (ContrastiveModel model = model(compact, KERNELS, 6)) {
      int half = model.config().encoderNumbers();
      float[][] rows = new SeriesViews(TRAIN, InvariantView.USUAL_RATES, model.seed()).all().map(model::encode)
          .flatMap(Arrays::stream).toArray(float[][]::new);
      assertEquals(1, variance(rows, 0, half), 0.02);
      assertEquals(1, variance(rows, half, rows[0].length), 0.02);
    }
  }

  private static double variance(float[][] rows, int from, int to) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      int column = e;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      sum += Arrays.stream(rows).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average().orElseThrow();
    }
    return sum / (to - from);
  }

  @Test
  void theyAreReadBackFromTheCheckpoint(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    float[][] saved;
    try (ContrastiveModel model = model(20, KERNELS, 6)) {
      saved = model.encode(TEST);
      model.save(file);
    }
    try (ContrastiveModel loaded = ContrastiveModel.load(engine, file)) {
      assertArrayEquals(saved, loaded.encode(TEST));
    }
  }

  private static RateContract trainedOn(TimeSeriesSet set) {
    return new RateContract(0.25, 4, 1, 96, 96, 96, 1, "area", 0, DataFingerprint.of(set), 3, "1", "x");
  }

  private static float[][] ofKernels(ContrastiveModel model) {
    return Arrays.stream(model.encode(TEST)).map(row -> Arrays.copyOfRange(row, model.config().encoderNumbers(), row.length))
        .toArray(float[][]::new);
  }

  @Test
  void theUntrainedModelHasTheSameKernelsFittedAnewOrNot() {
    try (ContrastiveModel model = model(20, KERNELS, 6); ContrastiveModel fitted = model.untrained(TRAIN)) {
      model.promise(trainedOn(TRAIN));
      ContrastiveModel copied = model.untrained(TRAIN);
      assertArrayEquals(fitted.encode(TEST), copied.encode(TEST));
      copied.close();
      assertArrayEquals(ofKernels(model), ofKernels(fitted), "its own are still open");
    }
  }

  /// Seen on a model whose contract names other series than its kernels were fitted to.
  @Test
  void theUntrainedModelTakesTheKernelsOfTheSameSeriesAndNoOthers() {
    try (ContrastiveModel model = model(20, KERNELS, 6)) {
      model.promise(trainedOn(TEST));
      try (ContrastiveModel untrained = model.untrained(TEST)) {
        assertArrayEquals(ofKernels(model), ofKernels(untrained));
      }
      try (ContrastiveModel untrained = model.untrained(TRAIN.select(0, 1, 2, 3, 4, 5))) {
        assertFalse(Arrays.deepEquals(ofKernels(model), ofKernels(untrained)));
      }
    }
  }

  @Test
  void aSeriesHasTheSameOneAmongOthersAndAlone() {
    try (ContrastiveModel model = model(20, KERNELS, 6)) {
      float[][] together = model.encode(TEST);
      for (int i = 0; i < TEST.size(); i++) assertArrayEquals(together[i], model.encode(TEST.select(i))[0], 1e-4f);
    }
  }

  /// A model that was not trained: what holds here is the kernels' and the whitening's doing.
  @Test
  void theKernelsHelpToFindASeriesAgainAtAnotherRate() {
    try (ContrastiveModel without = model(16, 0, 6); ContrastiveModel with = model(32, KERNELS, 6)) {
      TimeSeriesSet slow = RateProtocol.WHOLE.at(TEST, 0.25);
      double before = Invariance.of(without.encode(TEST), without.encode(slow)).retrievalAt1();
      double after = Invariance.of(with.encode(TEST), with.encode(slow)).retrievalAt1();
      assertTrue(after > before + 0.1, "found again: " + before + " without, " + after + " with");
    }
  }

  /// More of them than a map could be fitted to directly.
  @Test
  void featuresOfAWideEncoderAreWhitenedToo() {
    try (ContrastiveModel wide = model(0, 0, 72)) {
      assertEquals(1152, wide.config().featureSize());
      assertEquals(1024, wide.config().embeddingSize());
      float[][] rows = wide.encode(TEST);
      assertEquals(1024, rows[0].length);
      TimeSeriesSet slow = RateProtocol.WHOLE.at(TEST, 0.5);
      assertTrue(Invariance.of(rows, wide.encode(slow)).retrievalAt1() > 0.9);
    }
  }

  @Test
  void nothingStaysInMemoryThatIsClosed() {
    if (!(engine.kernels().memory() instanceof MemoryPool memory)) throw new AssertionError("the memory of a backend is a pool");
    model(20, KERNELS, 6).close();
    long before = memory.bytesInUse();
    model(20, KERNELS, 6).close();
    assertEquals(before, memory.bytesInUse());
  }

  @Test
  void anUntrainedModelThatCannotBeFittedLeavesNothingInMemory() {
    if (!(engine.kernels().memory() instanceof MemoryPool memory)) throw new AssertionError("the memory of a backend is a pool");
    try (ContrastiveModel model = model(20, KERNELS, 6)) {
      long before = memory.bytesInUse();
      assertThrows(BadSeriesException.class, () -> model.untrained(SyntheticData.create(24, 96, 1, 3, 1)));
      assertEquals(before, memory.bytesInUse());
    }
  }

  @Test
  void theSeedDecidesThem() {
    try (ContrastiveModel one = model(20, KERNELS, 6); ContrastiveModel same = model(20, KERNELS, 6)) {
      assertArrayEquals(one.encode(TEST), same.encode(TEST));
      assertFalse(Arrays.equals(one.encode(TEST)[0], one.encode(TEST)[1]));
    }
  }
}
