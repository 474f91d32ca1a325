package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A series' embedding depends on the series alone.
class EncodingTest {
  private static final double SAME = 1e-5; // whitening makes small directions large, and with them the rounding of a few 1e-7
  private static final TimeSeriesSet SERIES = Examples.unequalSeries(12, 2);

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static Stream<Named<ContrastiveModel>> models() {
    Optional<InputPreparation> preparation = Optional.of(InputPreparation.fit(SERIES));
    ContrastiveModel pooled = Examples.model(engine, 2, EmbeddingKind.POOLED);
    ContrastiveModel prepared = Examples.model(engine, 2, EmbeddingKind.POOLED, preparation);
    ContrastiveModel transformer = Examples.transformer(engine, 2, EmbeddingKind.POOLED);
    var withKernels = new ModelConfig(CnnEncoderConfig.dilated(2, 6, 5), 4, EmbeddingKind.POOLED, 0, 84);
    ContrastiveModel whitened = ContrastiveModel.create(engine, withKernels, preparation, 42);
    for (ContrastiveModel model : List.of(pooled, prepared, transformer, whitened)) model.fitScale(SERIES);
    whitened.fitWhitening(SERIES);
    return Stream.of(
        Named.of("linear", Examples.model(engine, 2, EmbeddingKind.LINEAR)),
        Named.of("pooled", pooled),
        Named.of("transformer, linear", Examples.transformer(engine, 2, EmbeddingKind.LINEAR)),
        Named.of("transformer, pooled", transformer),
        Named.of("linear, prepared", Examples.model(engine, 2, EmbeddingKind.LINEAR, preparation)),
        Named.of("pooled, prepared", prepared),
        Named.of("whitened, with kernels", whitened));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aSeriesHasTheSameEmbeddingAloneAndPaddedAmongLongerOnes(ContrastiveModel model) {
    float[][] together = model.encode(SERIES);
    for (int i = 0; i < SERIES.size(); i++) {
      float[] alone = model.encode(SERIES.get(i));
      Compare.assertClose("series " + i, Compare.doubles(alone), together[i], SAME);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void rowsComeInTheOrderOfTheSet(ContrastiveModel model) {
    int[] shuffled = {7, 0, 11, 3, 3, 10};
    float[][] rows = model.encode(SERIES);
    float[][] others = model.encode(SERIES.select(shuffled));
    assertEquals(shuffled.length, others.length);
    for (int i = 0; i < shuffled.length; i++) {
      Compare.assertClose("row " + i, Compare.doubles(rows[shuffled[i]]), others[i], SAME);
    }
    double apart = Compare.relativeError(Compare.doubles(rows[7]), rows[0], 0);
    assertTrue(apart > 1e-3, "series 7 and 0 differ by " + apart + " only, so that an exchange would go unseen");
  }

  @Test
  void aSetThatNeedsSeveralBatchesIsEncodedWhole() {
    ContrastiveModel model = ContrastiveModel.create(engine, Examples.model(engine, 1, EmbeddingKind.LINEAR).config().encoder(),
        1);
    TimeSeriesSet series = SyntheticData.create(21, 1500, 1, 3, 5); // at most 10 of this length share a batch
    float[][] rows = model.encode(series);
    for (int i : new int[] {0, 9, 10, 11, 20}) {
      Compare.assertClose("row " + i, Compare.doubles(model.encode(series.select(i))[0]), rows[i], SAME);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anEmbeddingHasTheSizeThatTheConfigurationSays(ContrastiveModel model) {
    float[][] rows = model.encode(SERIES);
    assertTrue(Arrays.stream(rows).allMatch(row -> row.length == model.config().embeddingSize()));
    assertTrue(Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(Compare.doubles(row))).allMatch(Double::isFinite));
  }

  @Test
  void aConstantSeriesHasAFiniteEmbedding() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED);
    TimeSeriesSet constant = TimeSeriesSet.of("constant",
        IntStream.range(0, 3).mapToObj(i -> TimeSeries.of(new float[20])).toList());
    model.fitScale(constant);
    for (float[] row : model.encode(constant)) {
      for (float value : row) assertTrue(Float.isFinite(value));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void otherChannelsThanTheModelsAreRefused(ContrastiveModel model) {
    TimeSeriesSet wrong = Examples.unequalSeries(4, 1);
    assertEquals("unequal: 1 channel, but the model was made for 2; give series like those it was trained on",
        assertThrows(BadSeriesException.class, () -> model.encode(wrong)).getMessage());
  }

  @ParameterizedTest
  @MethodSource("models")
  void anEmbeddingThatIsNotFiniteIsAnErrorAndNeverARow(ContrastiveModel model) {
    Tensor weight = model.parameters().getFirst().tensor();
    float[] diverged = new float[weight.size()];
    Arrays.fill(diverged, Float.MAX_VALUE);
    engine.write(weight, diverged);
    String message = assertThrows(BadSeriesException.class, () -> model.encode(SERIES)).getMessage();
    assertTrue(message.startsWith("unequal: the embedding of series 1 is not finite; "), message);
  }

  @ParameterizedTest
  @MethodSource("models")
  void missingValuesAreRefusedAndNeverBecomeNaN(ContrastiveModel model) {
    TimeSeriesSet gaps = TimeSeriesSet.of("gaps",
        Stream.of(TimeSeries.of(new float[] {1, Float.NaN, 3}, new float[] {1, 2, 3})).toList());
    String message = assertThrows(BadSeriesException.class, () -> model.encode(gaps)).getMessage();
    assertTrue(message.contains("1 missing value "), message);
  }

  @Test
  void aSeriesOfMoreNumbersThanAnArrayHoldsIsNamed() {
    assertEquals(6 * 70_000, BatchedEncoding.room("set", 0, 2, 3, 70_000));
    String message = assertThrows(BadSeriesException.class, () -> BatchedEncoding.room("set", 4, 1, 40_000, 70_000)).getMessage();
    assertTrue(message.startsWith("set, series 5: 40000 channels of 70000 samples are 2800000000 numbers, more than "), message);
  }
}
