package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.JsonText;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  private static Arguments refused(String message, Supplier<Object> settings) {
    return Arguments.of(message, settings);
  }

  /// A configuration in which the numbers of the loop are given and the rest is good.
  private static TrainingConfig loop(int epochs, int batch, float temperature) {
    return new TrainingConfig(Preset.REFERENCE, new ModelSizes(8, 8, 8), epochs, batch, temperature, Optimization.fixed(1), 1);
  }

  private static Optimization warmup(float warmup) {
    return new Optimization(1, warmup, true, 0, 0, 0);
  }

  private static Optimization decay(float decay) {
    return new Optimization(1, 0, true, decay, 0, 0);
  }

  static Stream<Arguments> invalid() {
    String rate = "; give a number above 0 and up to 10, such as 0.001";
    String warmup = "; give a share from 0 up to, not including, 1";
    String decay = "; give a number from 0 to 10";
    String clip = "; give a limit above 0, or 0 for none";
    String averaging = "; give a decay from 0 (none) up to, not including, 1, such as 0.999";
    String length = "; give 2 to 1048576 samples, or 0 to choose them from the training series";
    String minRate = "; give a number from 0.01 to 1, the rate of the training series themselves";
    String maxRate = "; give a number from 1, the rate of the training series themselves, to 100";
    String crop = "; give a share of the series above 0, such as 0.25, or 1 for views of whole series";
    String temperature = "; give a number above 0, such as 0.5";
    return Stream.of(
        refused("epochs: 0; give 1 or more", () -> loop(0, 2, 1)),
        refused("epochs: -3; give 1 or more", () -> loop(-3, 2, 1)),
        refused("batch: 1; give 2 or more: NT-Xent needs another series to tell a series from", () -> loop(1, 1, 1)),
        refused("learning rate: 0.0" + rate, () -> Optimization.fixed(0)),
        refused("learning rate: -0.1" + rate, () -> Optimization.fixed(-0.1f)),
        refused("learning rate: 10.5" + rate, () -> Optimization.fixed(10.5f)),
        refused("learning rate: NaN" + rate, () -> Optimization.fixed(NAN)),
        refused("warm-up: -0.1" + warmup, () -> warmup(-0.1f)),
        refused("warm-up: 1.0" + warmup, () -> warmup(1)),
        refused("warm-up: NaN" + warmup, () -> warmup(NAN)),
        refused("weight decay: -1.0" + decay, () -> decay(-1)),
        refused("weight decay: 11.0" + decay, () -> decay(11)),
        refused("weight decay: NaN" + decay, () -> decay(NAN)),
        refused("gradient clipping: -5.0" + clip, () -> Optimization.fixed(1).withClip(-5)),
        refused("gradient clipping: Infinity" + clip, () -> Optimization.fixed(1).withClip(INFINITE)),
        refused("gradient clipping: NaN" + clip, () -> Optimization.fixed(1).withClip(NAN)),
        refused("temperature: 0.0" + temperature, () -> loop(1, 2, 0)),
        refused("temperature: -0.5" + temperature, () -> loop(1, 2, -0.5f)),
        refused("temperature: Infinity" + temperature, () -> loop(1, 2, INFINITE)),
        refused("temperature: NaN" + temperature, () -> loop(1, 2, NAN)),
        refused("hidden: 0; give 1 to 4096 channels", () -> new ModelSizes(0, 8, 8)),
        refused("hidden: 4097; give 1 to 4096 channels", () -> new ModelSizes(4097, 8, 8)),
        refused("dim: 0; give an embedding of 1 to 65536 numbers", () -> new ModelSizes(8, 0, 8)),
        refused("dim: 65537; give an embedding of 1 to 65536 numbers", () -> new ModelSizes(8, 65537, 8)),
        refused("projection: 0; give a projection of 1 or more numbers", () -> new ModelSizes(8, 8, 0)),
        refused("compact: -1; give 1 number or more, or 0 for the whole pooled embedding", () -> new ModelSizes(8, 8, 8, -1, 0)),
        refused("kernels: 100; give a multiple of 84 up to 84000, as there are as many for each kernel, or 0 for none",
            () -> new ModelSizes(8, 8, 8, 0, 100)),
        refused("chunk: -1; give 1 pair or more, or 0 for the whole batch at once", () -> loop(1, 2, 1).withChunk(-1)),
        refused("chunk: 3; give at most the 2 pairs of a batch, or a larger batch", () -> loop(1, 2, 1).withChunk(3)),
        refused(
            "chunk: 2 with dropout 0.1; a chunk passes the encoder twice and dropout would draw another mask each time: leave one of them out",
            () -> loop(1, 2, 1).withEncoder(new EncoderOptions.Transformer(2, 4, 8, 4, 0.1f)).withChunk(2)),
        refused("length: 1" + length, () -> full().withLength(1)),
        refused("length: -5" + length, () -> full().withLength(-5)),
        refused("length: 1048577" + length, () -> full().withLength(1_048_577)),
        refused("length: 8; give 9 samples or more, as many as a kernel has, or leave the kernels out: --kernels 0",
            () -> full().withEmbedding(new ModelSizes(8, 8, 8, 0, 84), EmbeddingKind.POOLED).withLength(8)),
        refused("min rate: 0.0" + minRate, () -> new ViewSettings(0, 2, 1)),
        refused("min rate: 1.5" + minRate, () -> new ViewSettings(1.5, 2, 1)),
        refused("min rate: NaN" + minRate, () -> new ViewSettings(NAN, 2, 1)),
        refused("max rate: 0.9" + maxRate, () -> new ViewSettings(0.5, 0.9, 1)),
        refused("max rate: 101.0" + maxRate, () -> new ViewSettings(0.5, 101, 1)),
        refused("max rate: NaN" + maxRate, () -> new ViewSettings(0.5, NAN, 1)),
        refused("min crop: 0.0" + crop, () -> new ViewSettings(0.5, 2, 0)),
        refused("min crop: 1.1" + crop, () -> new ViewSettings(0.5, 2, 1.1)),
        refused("min crop: NaN" + crop, () -> new ViewSettings(0.5, 2, NAN)),
        refused("dilations: 0; give 1 sample or more for each block, such as 1,4,16",
            () -> new EncoderOptions.Cnn(List.of(1, 0))),
        refused("averaging of weights: 1.0" + averaging, () -> Optimization.fixed(1).withAveraging(1)),
        refused("averaging of weights: NaN" + averaging, () -> Optimization.fixed(1).withAveraging(NAN)));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void everyNumberOutOfRangeIsRefusedWithTheRemedy(String message, Supplier<Object> settings) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, settings::get).getMessage());
  }

  @Test
  void theRateRisesAndThenFallsOrStays() {
    var falling = new Optimization(0.1f, 0.2f, true, 0, 0, 0);
    var staying = new Optimization(0.1f, 0.2f, false, 0, 0, 0);
    for (Optimization each : List.of(falling, staying)) {
      assertEquals(0.05f, each.learningRateAt(0, 10), 1e-7);
      assertEquals(0.1f, each.learningRateAt(1, 10), 1e-7);
      assertEquals(0.1f, each.learningRateAt(2, 10), 1e-7);
    }
    assertEquals(0.05f, falling.learningRateAt(6, 10), 1e-7, "half way down");
    assertEquals(0.1f, staying.learningRateAt(6, 10), 1e-7);
    assertEquals(0.1f, Optimization.fixed(0.1f).learningRateAt(0, 10), 1e-7, "without warm-up it begins at the peak");
  }

  /// Each copy with the settings that it changes.
  static Stream<Arguments> copies() {
    var encoder = EncoderOptions.Transformer.reference();
    var views = new ViewSettings(0.125, 3, 0.5);
    var sizes = new ModelSizes(3, 4, 5);
    var optimization = Optimization.fixed(1);
    return Stream.of(Arguments.of(Map.of("epochs", 20), full().withEpochs(20)),
        Arguments.of(Map.of("chunk", 1), full().withChunk(1)),
        Arguments.of(Map.of("temperature", 8f), full().withTemperature(8)),
        Arguments.of(Map.of("optimization", optimization), full().withOptimization(optimization)),
        Arguments.of(Map.of("seed", 12L), full().withSeed(12)),
        Arguments.of(Map.of("encoder", encoder), full().withEncoder(encoder)),
        Arguments.of(Map.of("precision", Precision.BF16), full().withPrecision(Precision.BF16)),
        Arguments.of(Map.of("standardize", StandardizationScope.SERIES), full().withStandardize(StandardizationScope.SERIES)),
        Arguments.of(Map.of("length", 100), full().withLength(100)),
        Arguments.of(Map.of("views", views), full().withViews(views)),
        Arguments.of(Map.of("sizes", sizes, "embeddingKind", EmbeddingKind.LINEAR),
            full().withEmbedding(sizes, EmbeddingKind.LINEAR)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("copies")
  void aCopyChangesWhatItSays(Map<String, Object> changes, TrainingConfig copy) throws ReflectiveOperationException {
    Map<String, Object> changed = new HashMap<>();
    for (RecordComponent setting : TrainingConfig.class.getRecordComponents()) {
      Object value = setting.getAccessor().invoke(copy);
      if (!value.equals(setting.getAccessor().invoke(full()))) changed.put(setting.getName(), value);
    }
    assertEquals(changes, changed);
  }

  @Test
  void aCopyIsCheckedToo() {
    assertThrows(IllegalArgumentException.class, () -> full().withEpochs(0));
  }

  /// What the plain design leaves no choice in.
  static Stream<Arguments> notPlain() {
    TrainingConfig plain = loop(1, 2, 0.5f);
    return Stream.of(
        refused("standardize: series with preset reference, which takes series as they are",
            () -> plain.withStandardize(StandardizationScope.SERIES)),
        refused("length: 64 with preset reference, which takes series as they are", () -> plain.withLength(64)),
        refused("min crop: 0.5 with preset reference, which makes its views of whole series",
            () -> plain.withViews(new ViewSettings(0.5, 2, 0.5))),
        refused("embedding: pooled with preset reference, which embeds by its linear map",
            () -> plain.withEmbedding(plain.sizes(), EmbeddingKind.POOLED)),
        refused("dilations: 1,4 with preset reference, which has blocks of dilation 1,1,1",
            () -> plain.withEncoder(new EncoderOptions.Cnn(List.of(1, 4)))));
  }

  @ParameterizedTest
  @MethodSource("notPlain")
  void thePlainDesignStaysWhatItIs(String message, Supplier<Object> settings) {
    assertEquals(message + "; leave it out, or take preset invariant",
        assertThrows(IllegalArgumentException.class, settings::get).getMessage());
  }

  @Test
  void thePlainDesignTakesItsOwnSettingsAndOtherRates() {
    TrainingConfig plain = loop(1, 2, 0.5f);
    assertEquals(plain, plain.withLength(0).withViews(new ViewSettings(0.5, 2, 1))
        .withEncoder(new EncoderOptions.Cnn(List.of(1, 1, 1))).withEmbedding(plain.sizes(), EmbeddingKind.LINEAR));
    assertEquals(0.1, plain.withViews(new ViewSettings(0.1, 2, 1)).views().minRate());
  }

  @Test
  void itSurvivesTheFile() {
    TrainingConfig config = full().withPrecision(Precision.BF16).withStandardize(StandardizationScope.SERIES);
    assertEquals(config, JsonText.read(JsonText.write(config), TrainingConfig.class, "config"));
    var compact = new TrainingConfig(Preset.INVARIANT, new ModelSizes(8, 9, 10, 11, 168), 1, 2, 0.07f, Optimization.fixed(1), 1);
    assertEquals(compact, JsonText.read(JsonText.write(compact), TrainingConfig.class, "config"));
    TrainingConfig chosen = full().withLength(100).withViews(new ViewSettings(0.1, 7, 0.3))
        .withEncoder(new EncoderOptions.Cnn(List.of(3))).withEmbedding(full().sizes(), EmbeddingKind.LINEAR);
    assertEquals(chosen, JsonText.read(JsonText.write(chosen), TrainingConfig.class, "config"));
  }

  /// A text from before settings were grouped, embeddings could be compact, and before there was a choice of precision, standardisation, length, views, blocks and
  /// embedding.
  @Test
  void inTheFileSettingsStandSideBySide() {
    String text = """
        {"averaging":0.99,"batch":2,"chunk":2,"clip":6.0,"cosine":true,"embedding":9,"encoder":{"type":"cnn"},"epochs":1,"hidden":8,\
        "learningRate":0.1,"preset":"INVARIANT","projection":10,"seed":-9223372036854775808,"temperature":0.07,"warmup":0.4,"weightDecay":1.0E-4}""";
    assertEquals(full(), JsonText.read(text, TrainingConfig.class, "config"));
  }

  @Test
  void anUnknownSettingIsRefused() {
    assertThrows(CheckpointFormatException.class, () -> JsonText.read("null", TrainingConfig.class, "config"));
    String text = JsonText.write(full()).replace("\"chunk\"", "\"lump\"");
    String message = assertThrows(CheckpointFormatException.class, () -> JsonText.read(text, TrainingConfig.class, "config"))
        .getMessage();
    assertTrue(message.contains("the config in the metadata has 'lump', which this version does not know"), message);
  }

  private static TrainingConfig full() {
    return new TrainingConfig(Preset.INVARIANT, new ModelSizes(8, 9, 10), 1, 2, 0.07f,
        new Optimization(0.1f, 0.4f, true, 1e-4f, 6, 0.99f), Long.MIN_VALUE).withChunk(2);
  }
}
