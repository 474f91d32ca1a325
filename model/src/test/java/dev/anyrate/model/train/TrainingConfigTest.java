package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.io.JsonText;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  private static Arguments refused(String message, Supplier<TrainingConfig> config) {
    return Arguments.of(message, config);
  }

  /// A configuration in which the numbers of the loop are given and the sizes are good.
  private static TrainingConfig loop(int epochs, int batch, float rate, float warmup, float decay, float clip,
      float temperature) {
    return new TrainingConfig(Preset.REFERENCE, epochs, batch, rate, warmup, true, decay, clip, temperature, 8, 8, 8, 1);
  }

  private static TrainingConfig rate(float rate) {
    return loop(1, 2, rate, 0, 0, 0, 1);
  }

  private static TrainingConfig warmup(float warmup) {
    return loop(1, 2, 1, warmup, 0, 0, 1);
  }

  private static TrainingConfig decay(float decay) {
    return loop(1, 2, 1, 0, decay, 0, 1);
  }

  private static TrainingConfig clip(float clip) {
    return loop(1, 2, 1, 0, 0, clip, 1);
  }

  private static TrainingConfig temperature(float temperature) {
    return loop(1, 2, 1, 0, 0, 0, temperature);
  }

  private static TrainingConfig sizes(int hidden, int embedding, int projection) {
    return new TrainingConfig(Preset.REFERENCE, 1, 2, 1, 0, true, 0, 0, 1, hidden, embedding, projection, 1);
  }

  static Stream<Arguments> invalid() {
    String rate = "; give a number above 0 and up to 10, such as 0.001";
    String warmup = "; give a share from 0 up to, not including, 1";
    String decay = "; give a number from 0 to 10";
    String clip = "; give a limit above 0, or 0 for none";
    String averaging = "; give a decay from 0 (none) up to, not including, 1, such as 0.999";
    String temperature = "; give a number above 0, such as 0.5";
    return Stream.of(
        refused("epochs: 0; give 1 or more", () -> loop(0, 2, 1, 0, 0, 0, 1)),
        refused("epochs: -3; give 1 or more", () -> loop(-3, 2, 1, 0, 0, 0, 1)),
        refused("batch: 1; give 2 or more: NT-Xent needs another series to tell a series from", () -> loop(1, 1, 1, 0, 0, 0, 1)),
        refused("learning rate: 0.0" + rate, () -> rate(0)),
        refused("learning rate: -0.1" + rate, () -> rate(-0.1f)),
        refused("learning rate: 10.5" + rate, () -> rate(10.5f)),
        refused("learning rate: NaN" + rate, () -> rate(NAN)),
        refused("warm-up: -0.1" + warmup, () -> warmup(-0.1f)),
        refused("warm-up: 1.0" + warmup, () -> warmup(1)),
        refused("warm-up: NaN" + warmup, () -> warmup(NAN)),
        refused("weight decay: -1.0" + decay, () -> decay(-1)),
        refused("weight decay: 11.0" + decay, () -> decay(11)),
        refused("weight decay: NaN" + decay, () -> decay(NAN)),
        refused("gradient clipping: -5.0" + clip, () -> clip(-5)),
        refused("gradient clipping: Infinity" + clip, () -> clip(INFINITE)),
        refused("gradient clipping: NaN" + clip, () -> clip(NAN)),
        refused("temperature: 0.0" + temperature, () -> temperature(0)),
        refused("temperature: -0.5" + temperature, () -> temperature(-0.5f)),
        refused("temperature: Infinity" + temperature, () -> temperature(INFINITE)),
        refused("temperature: NaN" + temperature, () -> temperature(NAN)),
        refused("hidden: 0; give 1 to 4096 channels", () -> sizes(0, 8, 8)),
        refused("hidden: 4097; give 1 to 4096 channels", () -> sizes(4097, 8, 8)),
        refused("dim: 0; give an embedding of 1 to 65536 numbers", () -> sizes(8, 0, 8)),
        refused("dim: 65537; give an embedding of 1 to 65536 numbers", () -> sizes(8, 65537, 8)),
        refused("projection: 0; give a projection of 1 or more numbers", () -> sizes(8, 8, 0)),
        refused("chunk: -1; give 1 pair or more, or 0 for the whole batch at once", () -> rate(1).withChunk(-1)),
        refused("chunk: 3; give at most the 2 pairs of a batch, or a larger batch", () -> rate(1).withChunk(3)),
        refused(
            "chunk: 2 with dropout 0.1; a chunk passes the encoder twice and dropout would draw another mask each time: leave one of them out",
            () -> rate(1).withEncoder(new EncoderOptions.Transformer(2, 4, 8, 4, 0.1f)).withChunk(2)),
        refused("averaging of weights: 1.0" + averaging, () -> rate(1).withAveraging(1)),
        refused("averaging of weights: NaN" + averaging, () -> rate(1).withAveraging(NAN)));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void everyNumberOutOfRangeIsRefusedWithTheRemedy(String message, Supplier<TrainingConfig> config) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, config::get).getMessage());
  }

  @Test
  void theRateRisesAndThenFallsOrStays() {
    var falling = new TrainingConfig(Preset.INVARIANT, 1, 2, 0.1f, 0.2f, true, 0, 0, 1, 8, 8, 8, 1);
    var staying = new TrainingConfig(Preset.INVARIANT, 1, 2, 0.1f, 0.2f, false, 0, 0, 1, 8, 8, 8, 1);
    for (var config : new TrainingConfig[] {falling, staying}) {
      assertEquals(0.05f, config.learningRateAt(0, 10), 1e-7);
      assertEquals(0.1f, config.learningRateAt(1, 10), 1e-7);
      assertEquals(0.1f, config.learningRateAt(2, 10), 1e-7);
    }
    assertEquals(0.05f, falling.learningRateAt(6, 10), 1e-7, "half way down");
    assertEquals(0.1f, staying.learningRateAt(6, 10), 1e-7);
    assertEquals(0.1f, rate(0.1f).learningRateAt(0, 10), 1e-7, "without warm-up it begins at the peak");
  }

  @Test
  void anotherTotalOfEpochsLeavesTheRest() {
    var encoder = EncoderOptions.Transformer.reference();
    var config = new TrainingConfig(Preset.INVARIANT, 1, 2, 3, 0.4f, true, 5, 6, 7, 8, 9, 10, 11, 2, 0.5f, encoder);
    assertEquals(new TrainingConfig(Preset.INVARIANT, 20, 2, 3, 0.4f, true, 5, 6, 7, 8, 9, 10, 11, 2, 0.5f, encoder),
        config.withEpochs(20));
    assertThrows(IllegalArgumentException.class, () -> config.withEpochs(0));
  }

  @Test
  void itSurvivesTheFile() {
    var config = new TrainingConfig(Preset.INVARIANT, 1, 2, 0.1f, 0.4f, true, 1e-4f, 6, 0.07f, 8, 9, 10, Long.MIN_VALUE)
        .withChunk(2).withAveraging(0.99f);
    assertEquals(config, JsonText.read(JsonText.write(config), TrainingConfig.class, "config"));
  }
}
