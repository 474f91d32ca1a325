package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddingScaleTest {
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void bringsEveryNumberToMeanZeroAndDeviationOne() {
    float[][] rows = {{1, -10}, {3, 10}, {1, 30}, {3, 50}};
    EmbeddingScale scale = EmbeddingScale.create(new Initializer(engine, 0), 2);
    scale.fit(engine, rows);
    scale.apply(engine, rows);
    float third = 20 / (float) Math.sqrt(500); // the second column's deviation is √500
    assertArrayEquals(new float[] {-1, -1.5f * third}, rows[0], 1e-6f);
    assertArrayEquals(new float[] {1, -0.5f * third}, rows[1], 1e-6f);
    assertArrayEquals(new float[] {1, 1.5f * third}, rows[3], 1e-6f);
  }

  @Test
  void leavesRowsAsTheyAreUntilItIsFitted() {
    float[][] rows = {{1, -10, 0.3f}};
    EmbeddingScale.create(new Initializer(engine, 0), 3).apply(engine, rows);
    assertArrayEquals(new float[] {1, -10, 0.3f}, rows[0]);
  }

  @Test
  void aNumberThatNeverChangesIsCentredAndNotBlownUp() {
    float[][] rows = {{5, 0, 1000}, {5, 0, 1000.0001f}};
    EmbeddingScale scale = EmbeddingScale.create(new Initializer(engine, 0), 3);
    scale.fit(engine, rows);
    assertArrayEquals(new float[] {1, 1, 1}, engine.toHost(scale.deviation()));
    float[][] other = {{5.5f, 0.25f, 1001}};
    scale.apply(engine, other);
    assertArrayEquals(new float[] {0.5f, 0.25f, 1}, other[0], 1e-3f);
  }

  @Test
  void isThatOfTheTrainingSeriesWhateverIsEncodedLater() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED);
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    model.fitScale(train);
    float[][] rows = model.encode(train);
    for (int e = 0; e < model.config().embeddingSize(); e++) {
      int column = e;
      assertEquals(0, Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow(), 1e-4, "mean of column " + e);
    }
    float[][] few = model.encode(train.select(2, 5));
    assertArrayEquals(rows[2], few[0], 1e-4f);
    assertArrayEquals(rows[5], few[1], 1e-4f);
  }

  @Test
  void ofALargeSetSomeDrawnSeriesAreEnough() {
    ContrastiveModel model = ContrastiveModel.create(engine, new ModelConfig(
        Examples.model(engine, 1, EmbeddingKind.POOLED).config().encoder(), 4, EmbeddingKind.POOLED), Optional.empty(), 1);
    TimeSeriesSet large = SyntheticData.create(2 * ContrastiveModel.SCALE_SERIES, 4, 1, 2, 1);
    model.fitScale(large);
    float[] ofLarge = engine.toHost(model.state().tensors().get("embedding.mean"));
    model.fitScale(large.draw(ContrastiveModel.SCALE_SERIES));
    assertArrayEquals(ofLarge, engine.toHost(model.state().tensors().get("embedding.mean")));
  }

  @Test
  void theLinearEmbeddingIsNotScaled() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.LINEAR);
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    float[][] before = model.encode(train);
    model.fitScale(train);
    assertArrayEquals(before, model.encode(train));
    assertEquals(Shape.of(5), model.state().tensors().get("embedding.mean").shape());
  }
}
