package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What length, views, blocks and embedding of a run do to its model, where they are chosen.
class ChosenSettingsTest {
  private static final TrainingConfig USUAL = SmallRun.config(Preset.INVARIANT);
  private static final ViewSettings WIDE = new ViewSettings(0.0625, 8, 1);

  private static Engine engine;

  @TempDir
  private Path folder;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private ContrastiveModel trained(TrainingConfig config) {
    return ContrastiveModel.load(engine, SmallRun.train(engine, config, folder));
  }

  /// All runs but these choose nothing, so that what is usual must stay what it was.
  @Test
  void whoChoosesWhatIsUsualGetsTheSameBytes() throws IOException {
    Path usual = SmallRun.train(engine, USUAL, folder("usual"));
    TrainingConfig chosen = USUAL.withLength(64).withViews(new ViewSettings(0.25, 4, 1))
        .withEncoder(new EncoderOptions.Cnn(List.of(1, 4, 16))).withEmbedding(USUAL.sizes(), EmbeddingKind.POOLED);
    assertEquals(USUAL, chosen.withLength(0));
    assertEquals(-1, Files.mismatch(usual, SmallRun.train(engine, chosen, folder("chosen"))), "64 is the length that is chosen");
  }

  /// Its settings say nothing of what could not be chosen then.
  @ParameterizedTest
  @EnumSource
  void aRunOfAnOlderVersionEndsInTheSameBytes(Preset preset) throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(preset), folder("whole"));
    Path old = SmallRun.train(engine, SmallRun.config(preset).withEpochs(1), folder("old"));
    Path state = TrainingState.besides(old);
    SafeTensors file = SafeTensors.read(state);
    Map<String, String> metadata = new HashMap<>(file.metadata());
    metadata.put("config", asBefore(metadata.get("config")));
    new SafeTensors(metadata, file.tensors()).write(state);
    assertEquals(SmallRun.config(preset).withEpochs(1), TrainingState.read(old).config());

    Path afterOneEpoch = SmallRun.train(engine, SmallRun.config(preset).withEpochs(1), folder("new"));
    SmallRun.resume(engine, old);
    SmallRun.resume(engine, afterOneEpoch);
    assertEquals(-1, Files.mismatch(afterOneEpoch, old));
    assertFalse(Files.mismatch(whole, old) == -1, "one epoch is less than three");
  }

  private static String asBefore(String config) throws IOException {
    ObjectNode settings = (ObjectNode) new JsonMapper().readTree(config);
    settings.remove(List.of("length", "views", "embeddingKind"));
    ((ObjectNode) settings.get("encoder")).remove("dilations");
    return settings.toString();
  }

  @Test
  void allSeriesAreBroughtToTheGivenLength() {
    try (ContrastiveModel model = trained(USUAL.withLength(48))) {
      assertEquals(48, model.preparation().orElseThrow().canonicalLength());
      assertEquals(1, model.contract().orElseThrow().bandKept(), "of 40 samples");
      assertEquals(model.config().embeddingSize(), model.encode(SmallRun.DATA)[0].length);
    }
  }

  @Test
  void theContractStatesTheRatesAndItsWarningFollows() {
    TimeSeriesSet sixteenth = SmallRun.DATA
        .map(series -> new SamplingRate(0.0625).apply(series, ResampleMethod.AREA.resampler()));
    try (ContrastiveModel model = trained(USUAL)) {
      String warning = model.contract().orElseThrow().outside(sixteenth).orElseThrow();
      assertTrue(warning.endsWith("or train with --min-rate 0.075"), warning);
    }
    try (ContrastiveModel model = trained(USUAL.withViews(WIDE))) {
      RateContract contract = model.contract().orElseThrow();
      assertEquals(new RateRange(0.0625, 8), contract.rates());
      assertTrue(contract.outside(sixteenth).isEmpty());
      assertEquals(model.config().embeddingSize(), model.encode(sixteenth)[0].length);
    }
  }

  /// What a run sees, its embedding is whitened by; of the baseline only the training differs.
  @Test
  void theEmbeddingIsWhitenedByTheRatesOfTheRun() {
    for (boolean rateViews : new boolean[] {true, false}) {
      TrainingConfig config = USUAL.withViews(WIDE);
      try (TrainingSession session = rateViews
          ? TrainingSession.start(engine, SmallRun.DATA, config)
          : TrainingSession.withoutRateViews(engine, SmallRun.DATA, config)) {
        session.run(TrainingListener.SILENT);
        ContrastiveModel model = session.model();
        float[][] embeddings = model.encode(SmallRun.DATA);
        model.fitWhitening(SmallRun.DATA, WIDE.rates());
        assertArrayEquals(embeddings, model.encode(SmallRun.DATA));
        model.fitWhitening(SmallRun.DATA, USUAL.views().rates());
        assertFalse(Arrays.deepEquals(embeddings, model.encode(SmallRun.DATA)));
      }
    }
  }

  @Test
  void viewsOfPartsTrainAnotherModel() throws IOException {
    Path whole = SmallRun.train(engine, USUAL, folder("whole"));
    Path parts = SmallRun.train(engine, USUAL.withViews(new ViewSettings(0.25, 4, 0.5)), folder("parts"));
    assertFalse(Files.mismatch(whole, parts) == -1);
  }

  @Test
  void eachDilationIsABlock() {
    try (ContrastiveModel model = trained(USUAL.withEncoder(new EncoderOptions.Cnn(List.of(2, 8))))) {
      assertEquals(List.of(2, 8), ((CnnEncoderConfig) model.config().encoder()).dilations());
      assertEquals(2, model.state().weights().keySet().stream().filter(name -> name.startsWith("encoder.blocks."))
          .map(name -> name.split("\\.")[2]).distinct().count());
      assertEquals(3 * 4 * 6, model.config().featureSize(), "four statistics of six channels at three levels");
      assertEquals(model.config().embeddingSize(), model.encode(SmallRun.DATA)[0].length);
    }
  }

  @Test
  void theLinearEmbeddingIsWhatTheLossTrains() {
    try (ContrastiveModel model = trained(USUAL.withEmbedding(new ModelSizes(6, 9, 6), EmbeddingKind.LINEAR))) {
      assertEquals(9, model.encode(SmallRun.DATA)[0].length);
      assertArrayEquals(model.encodeUnwhitened(SmallRun.DATA), model.encode(SmallRun.DATA));
      assertEquals(64, model.preparation().orElseThrow().canonicalLength());
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("dilations: 64 samples from tap to tap, but the given length is 64,",
        USUAL.withLength(64).withEncoder(new EncoderOptions.Cnn(List.of(1, 64))));
    refused("dilations: 100 samples from tap to tap, but the length that the preset brings all series to is 64,",
        USUAL.withEncoder(new EncoderOptions.Cnn(List.of(100))));
    refused("transformer encoder: a patch of 8 samples is longer than the given length, 7;",
        SmallRun.config(Preset.INVARIANT, 0, 0).withLength(7).withEncoder(new EncoderOptions.Transformer(1, 2, 8, 4, 0)));
    refused("kernels: 84 features, but the model embeds by its linear map alone;",
        USUAL.withEmbedding(new ModelSizes(6, 6, 6, 0, 84), EmbeddingKind.LINEAR));
    refused("compact: 5 numbers, but the model embeds by its linear map,",
        USUAL.withEmbedding(new ModelSizes(6, 6, 6, 5, 0), EmbeddingKind.LINEAR));
  }

  private static void refused(String message, TrainingConfig config) {
    String actual = assertThrows(IllegalArgumentException.class, () -> TrainingSession.start(engine, SmallRun.DATA, config))
        .getMessage();
    assertTrue(actual.startsWith(message), actual);
  }

  @Test
  void aRateThatMakesSeriesTooLongIsRefusedBeforeTheFirstStep() {
    TimeSeriesSet huge = TimeSeriesSet.of("long",
        SmallRun.DATA.map(series -> new SamplingRate(5000).apply(series, ResampleMethod.LINEAR.resampler())).series()
            .subList(0, 2));
    String message = assertThrows(IllegalArgumentException.class, () -> new ViewSettings(1, 100, 1).requireFor(huge))
        .getMessage();
    assertEquals("max rate: 100.0; the longest series has 200000 samples, and no view may have more than 16777216:"
        + " give a lower rate, or shorter series", message);
  }
}
