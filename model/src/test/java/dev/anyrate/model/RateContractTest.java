package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.evaluate.CosineSimilarity;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.JsonText;
import dev.anyrate.model.testing.TestEngine;
import dev.anyrate.model.train.ModelSizes;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingListener;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.ViewSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateContractTest {
  private static final TimeSeriesSet TRAIN = SyntheticData.create(12, 128, 1, 2, 1);

  private static double[] rates(int count, double rate) {
    double[] rates = new double[count];
    Arrays.fill(rates, rate);
    return rates;
  }

  @Test
  void trainingStatesWhatItTrainedForAndTheCheckpointKeepsIt(@TempDir Path folder) {
    Path file = folder.resolve("m.safetensors");
    var config = Preset.INVARIANT.defaults(TRAIN, 6, 5).withEpochs(1)
        .withEmbedding(new ModelSizes(8, 8, 8, 0, 84), EmbeddingKind.POOLED);
    try (Engine engine = TestEngine.open(); TrainingSession session = TrainingSession.start(engine, TRAIN, config)) {
      session.run(file, TrainingListener.SILENT);
      try (ContrastiveModel loaded = ContrastiveModel.load(engine, file)) {
        RateContract contract = loaded.contract().orElseThrow();
        assertEquals(session.model().contract().orElseThrow(), contract);
        assertEquals(0.25, contract.minRate());
        assertEquals(4, contract.maxRate());
        assertEquals(1, contract.minCrop());
        assertEquals(128, contract.median());
        assertEquals(5, contract.seed());
        assertEquals(16, contract.data().length());
        assertEquals("area", contract.filter());
        assertTrue(contract.bandKept() > 0 && contract.bandKept() <= 1);
      }
    }
  }

  /// Views of parts have fewer samples than whole series at the lowest rate, and a model that was trained on them is not asked for a lower one.
  @Test
  void partsThatWereTrainedOnAreInside() {
    TimeSeriesSet series = SyntheticData.create(2, 13, 1, 2, 1);
    assertTrue(contract(0.25, 4, 100).outside(series).isPresent());
    var parts = new RateContract(0.25, 4, 0.5, 100, 100, 100, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
    assertTrue(parts.outside(series).isEmpty());
    String line = parts.outside(SyntheticData.create(2, 10, 1, 2, 1)).orElseThrow();
    assertTrue(line.contains("12 to 400 samples (rates 0.25 to 4, parts from 0.5 on)"), line);
    assertTrue(line.endsWith("train with --min-rate 0.2"), line);
    assertEquals(0.5, parts.withRateHz(100).minCrop());
  }

  @Test
  void aRunOnPartsSaysSo() {
    TrainingConfig config = Preset.INVARIANT.defaults(TRAIN, 6, 5).withViews(new ViewSettings(0.5, 2, 0.3));
    try (Engine engine = TestEngine.open(); TrainingSession session = TrainingSession.start(engine, TRAIN, config)) {
      assertEquals(0.3, session.model().contract().orElseThrow().minCrop());
    }
  }

  @Test
  void aContractThatSaysNothingOfPartsIsOfWholeSeries() {
    RateContract whole = contract(0.25, 4, 100);
    String text = JsonText.write(whole);
    assertTrue(text.contains("\"min_crop\":1.0,"), text);
    assertEquals(whole, JsonText.read(text.replace("\"min_crop\":1.0,", ""), RateContract.class, "contract"));
    assertEquals(whole, JsonText.read(text, RateContract.class, "contract"));
    assertThrows(CheckpointFormatException.class,
        () -> JsonText.read(text.replace("crop\":1.0", "crop\":1.1"), RateContract.class, "contract"));
  }

  /// A window at twice the rate shows half the span. Told the rate, the encoder sees that half as long as it was; blindly it sees it stretched.
  @Test
  void aKnownRateKeepsTheScaleOfTime() {
    try (Engine engine = TestEngine.open();
        TrainingSession session = TrainingSession.start(engine, TRAIN, Preset.INVARIANT.defaults(TRAIN, 6, 5).withEpochs(1))) {
      ContrastiveModel model = session.model();
      TimeSeriesSet half = TRAIN.map(series -> series.withChannels(Arrays.copyOfRange(series.channel(0), 32, 96)));
      TimeSeriesSet window = TRAIN.map(series -> RateProtocol.WINDOW.at(series, 2));
      float[][] halfNative = model.encodeAtRates(half, rates(12, 1));
      float[][] known = model.encodeAtRates(window, rates(12, 2));
      float[][] blind = model.encode(window);
      for (int n = 0; n < 12; n++) {
        double told = CosineSimilarity.of(halfNative[n], known[n]);
        assertTrue(told > 0.95, () -> "cosine " + told);
        assertTrue(told > CosineSimilarity.of(halfNative[n], blind[n]));
      }
    }
  }

  @Test
  void atTheTrainingRateAFullSeriesIsTheSameKnownOrBlind() {
    try (Engine engine = TestEngine.open();
        TrainingSession session = TrainingSession.start(engine, TRAIN, Preset.INVARIANT.defaults(TRAIN, 6, 5).withEpochs(1))) {
      assertArrayEquals(session.model().encode(TRAIN), session.model().encodeAtRates(TRAIN, rates(12, 1)));
      assertThrows(IllegalArgumentException.class, () -> session.model().encodeAtRates(TRAIN, rates(11, 1)));
      assertThrows(IllegalArgumentException.class, () -> session.model().encodeAtRates(TRAIN, rates(12, 0)));
    }
  }

  /// Through both halves of a finished run's embedding.
  @Test
  void aWhitenedModelIsToldTheRateToo() {
    var config = new ModelConfig(CnnEncoderConfig.dilated(1, 16, 8), 8, EmbeddingKind.POOLED, 0, 252);
    try (Engine engine = TestEngine.open();
        ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.of(InputPreparation.fit(TRAIN)), 5)) {
      model.promise(new RateContract(0.25, 4, 1, 128, 128, 128, 1, "area", 0, "0123456789abcdef", 5, "1", "x"));
      model.fitScale(TRAIN);
      model.fitWhitening(TRAIN);
      assertArrayEquals(model.encode(TRAIN), model.encodeAtRates(TRAIN, rates(12, 1)));

      float[][] halfNative = model.encodeAtRates(TRAIN.map(series -> series.part(32, 64)), rates(12, 1));
      TimeSeriesSet window = TRAIN.map(series -> RateProtocol.WINDOW.at(series, 2));
      for (int half : new int[] {0, config.encoderNumbers()}) {
        double told = meanCosine(halfNative, model.encodeAtRates(window, rates(12, 2)), half, config);
        double blind = meanCosine(halfNative, model.encode(window), half, config);
        assertTrue(told > blind + 0.1, () -> "from number " + half + " on: cosine " + told + ", blind " + blind);
      }
    }
  }

  private static double meanCosine(float[][] a, float[][] b, int from, ModelConfig config) {
    int to = from == 0 ? config.encoderNumbers() : config.embeddingSize();
    return IntStream.range(0, a.length)
        .mapToDouble(n -> CosineSimilarity.of(Arrays.copyOfRange(a[n], from, to), Arrays.copyOfRange(b[n], from, to)))
        .average().orElseThrow();
  }

  @Test
  void encodeLogsTheWarningOnce() {
    PrintStream usual = System.err;
    var logged = new ByteArrayOutputStream();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try (Engine engine = TestEngine.open();
        ContrastiveModel model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 4, 4), 5)) {
      model.promise(contract(0.25, 4, 128));
      model.encode(SyntheticData.create(2, 128, 1, 2, 1));
      assertFalse(logged.toString(StandardCharsets.UTF_8).contains("outside"));
      for (int repeat = 0; repeat < 2; repeat++) model.encode(SyntheticData.create(2, 20, 1, 2, 1));
    } finally {
      System.setErr(usual);
    }
    assertEquals(1, logged.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("lie outside of")).count(),
        logged::toString);
  }

  @Test
  void warnsInOneLineOutsideOfWhatItWasTrainedFor() {
    var contract = new RateContract(0.25, 4, 1, 100, 120, 140, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
    assertTrue(contract.outside(SyntheticData.create(4, 128, 1, 2, 1)).isEmpty());
    assertTrue(contract.outside(SyntheticData.create(4, 560, 1, 2, 1)).isEmpty());
    String line = contract.outside(SyntheticData.create(4, 561, 1, 2, 1)).orElseThrow();
    assertTrue(line.contains("561") && line.contains("25 to 560") && line.endsWith("or train with --max-rate 4.01"), line);
    assertFalse(line.contains("\n"));
    assertTrue(contract.outside(SyntheticData.create(4, 24, 1, 2, 1)).orElseThrow().endsWith("or train with --min-rate 0.24"));
    assertTrue(contract.outside(SyntheticData.create(4, 20_000, 1, 2, 1)).orElseThrow().endsWith("or train on such series"),
        "no model can be trained for 140 times the rate");
    assertTrue(contract.outside(0.2).isPresent());
    assertTrue(contract.outside(4).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"7, 100", "23, 101", "601, 140", "13999, 140", "3, 99"})
  void whoTrainsAsItSaysIsNotWarnedAgain(int length, int trained) {
    TimeSeriesSet series = SyntheticData.create(2, length, 1, 2, 1);
    String line = contract(0.25, 4, trained).outside(series).orElseThrow();
    RateContract wider = contract(named("--min-rate", line, 0.25), named("--max-rate", line, 4), trained);
    assertNotEquals(contract(0.25, 4, trained), wider, line);
    assertTrue(wider.outside(series).isEmpty(), line);
  }

  private static RateContract contract(double minRate, double maxRate, int length) {
    return new RateContract(minRate, maxRate, 1, length, length, length, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
  }

  private static double named(String option, String line, double otherwise) {
    Matcher value = Pattern.compile(option + " ([0-9.]+)").matcher(line);
    return value.find() ? Double.parseDouble(value.group(1)) : otherwise;
  }

  /// Printed to four digits, 1000 was once 1 and 12000 was 1.200e+04.
  @ParameterizedTest
  @CsvSource({"1000, 1000", "4410, 4410", "11025, 11025", "12000, 12000", "0.5, 0.5", "20000000000, 20000000000"})
  void aRateIsNamedAsItsUserWroteIt(double hertz, String text) {
    var contract = new RateContract(0.25, 4, 1, 100, 120, 140, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
    String message = assertThrows(IllegalArgumentException.class, () -> contract.relative(hertz)).getMessage();
    assertTrue(message.startsWith("--rate-hz " + text + ": "), message);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "44100, 44100", "3.9183673, 3.918", "0.1, 0.1"})
  void aRelativeRateIsNamedByFourDigits(double relative, String text) {
    var contract = new RateContract(0.25, 0.5, 1, 100, 120, 140, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
    String line = contract.outside(relative).orElseThrow();
    assertTrue(line.startsWith("a rate of " + text + " times") && line.contains("trained for, 0.25 to 0.5;"), line);
    assertEquals(relative > RateContract.WIDEST, line.endsWith("or train on such series"), line);
  }

  @Test
  void ratesInHertzAreRelativeToThatOfTheTraining() {
    var contract = new RateContract(0.25, 4, 1, 100, 120, 140, 1, "area", 0, "0123456789abcdef", 1, "1", "x");
    assertThrows(IllegalArgumentException.class, () -> contract.relative(48_000));
    assertEquals(4, contract.withRateHz(12_000).relative(48_000));
    assertThrows(IllegalArgumentException.class, () -> contract.withRateHz(12_000).relative(-1));
    assertThrows(IllegalArgumentException.class, () -> contract.withRateHz(Double.NaN));
  }
}
