package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewWhiteningTest {
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
  void shrinksWhatDiffersBetweenViewsByTheRootOfItsVariance() {
    // Both series differ by ±1 in the first number and not at all in the second: S = diag(2, 0), its mean variance 1, I + 20·S/1 = diag(41, 1).
    // The views have the variances 10 and 1, whitened 10/41 and 1.
    double scale = 1 / Math.sqrt((10 / 41.0 + 1) / 2);
    float[][] rows = {{41, 4}};
    try (ViewWhitening whitening = ViewWhitening.fit(engine, new float[][][] {{{1, 5}, {7, 3}}, {{3, 5}, {9, 3}}}, 2, 20)) {
      whitening.apply(engine, rows);
    }
    assertArrayEquals(new float[] {(float) (scale * Math.sqrt(41)), (float) (scale * 4)}, rows[0], 1e-5f);
  }

  @Test
  void mapsTheRegularisedCovarianceToAMultipleOfTheIdentity() {
    int size = 7;
    var random = new SplittableRandom(5);
    float[][][] views = new float[4][6][size];
    for (float[][] view : views) {
      for (float[] row : view) {
        for (int e = 0; e < size; e++) row[e] = (float) random.nextDouble(-1 - e, 1 + e);
      }
    }
    double[][] regularised = regularised(views, size);
    float[] map = mapOf(views);
    double first = map[0] * regularised[0][0] * map[0]; // the map is lower triangular
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          for (int m = 0; m < size; m++) sum += map[i * size + k] * regularised[k][m] * map[j * size + m];
        }
        assertEquals(i == j ? 1 : 0, sum / first, 1e-4, "entry " + i + ", " + j);
      }
    }
  }

  private static float[] mapOf(float[][][] views) {
    try (ViewWhitening whitening = ViewWhitening.fit(engine, views, views[0][0].length, 20)) {
      return engine.toHost(whitening.map());
    }
  }

  /// I + 20·S/s by its definition.
  private static double[][] regularised(float[][][] views, int size) {
    double[][] covariance = new double[size][size];
    double count = views[0].length * (views.length - 1.0);
    for (int n = 0; n < views[0].length; n++) {
      double[] mean = new double[size];
      for (float[][] view : views) {
        for (int e = 0; e < size; e++) mean[e] += view[n][e] / (double) views.length;
      }
      for (float[][] view : views) {
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) covariance[i][j] += (view[n][i] - mean[i]) * (view[n][j] - mean[j]) / count;
        }
      }
    }
    double trace = 0;
    for (int e = 0; e < size; e++) trace += covariance[e][e];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) covariance[i][j] = (i == j ? 1 : 0) + 20 * covariance[i][j] * size / trace;
    }
    return covariance;
  }

  @Test
  void aCompactEmbeddingKeepsTheDistancesOfSeriesThatDifferInFewDirections() {
    var random = new SplittableRandom(6);
    float[][] directions = new float[2][9];
    for (float[] direction : directions) {
      for (int e = 0; e < direction.length; e++) direction[e] = (float) random.nextGaussian();
    }
    float[][] series = new float[20][9];
    for (float[] one : series) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      for (int e = 0; e < one.length; e++) one[e] = (float) (first * directions[0][e] + second * directions[1][e]);
    }
    float[][] whole = copy(series);
    float[][] compact = copy(series);
    whiten(whole, series, 9);
    whiten(compact, series, 2);
    assertEquals(2, compact[0].length);
    double scale = distance(compact[0], compact[1]) / distance(whole[0], whole[1]);
    for (int i = 0; i < series.length; i++) {
      for (int j = 0; j < i; j++)
        assertEquals(scale * distance(whole[i], whole[j]), distance(compact[i], compact[j]), 1e-2 * scale, i + " to " + j);
    }
    double squares = 0; // of the views, which lie as the series do and are as many again
    for (float[] row : compact)
      squares += (square(row[0] - mean(compact, 0)) + square(row[1] - mean(compact, 1))) / (2 * compact.length);
    assertEquals(1, squares, 1e-2, "mean variance of a number");
  }

  private static double mean(float[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
  }

  private static double square(double value) {
    return value * value;
  }

  /// By a fit to the series and views of them that differ by little, in the first number alone.
  private static void whiten(float[][] rows, float[][] series, int numbers) {
    float[][] shifted = copy(series);
    for (float[] row : shifted) row[0] += 0.01f;
    try (ViewWhitening whitening = ViewWhitening.fit(engine, new float[][][] {copy(series), shifted}, numbers, 20)) {
      whitening.apply(engine, rows);
    }
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int e = 0; e < a.length; e++) squares += (a[e] - b[e]) * (a[e] - b[e]);
    return Math.sqrt(squares);
  }

  @Test
  void viewsThatAreAllAlikeLeaveTheIdentity() {
    assertArrayEquals(new float[] {1, 0, 0, 1}, mapOf(new float[][][] {{{1, 5}}, {{1, 5}}}));
  }

  @Test
  void bringsViewsOfASeriesCloserThanOtherSeries() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED);
    TimeSeriesSet train = Examples.unequalSeries(20, 1);
    model.fitScale(train);
    double before = spreadOfViews(model, train);
    model.fitWhitening(train);
    double after = spreadOfViews(model, train);
    assertTrue(after < 0.7 * before,
        "spread of views, in units of the spread of series: " + before + " before, " + after + " after");
  }

  /// Mean squared distance of a series' views from their mean, over that of the series from theirs; by views that the fit did not see.
  private static double spreadOfViews(ContrastiveModel model, TimeSeriesSet train) {
    float[][][] views = new SeriesViews(train, InvariantView.USUAL_RATES, 987).all().map(model::encode).toArray(float[][][]::new);
    float[][][] seriesAsViews = new float[train.size()][][]; // one "series" of which each real one is a view
    Arrays.setAll(seriesAsViews, n -> new float[][] {views[0][n]});
    return squaredSpread(views) / squaredSpread(seriesAsViews);
  }

  private static double squaredSpread(float[][][] views) {
    double sum = 0;
    for (int n = 0; n < views[0].length; n++) {
      for (int e = 0; e < views[0][n].length; e++) {
        double mean = 0;
        for (float[][] view : views) mean += view[n][e] / views.length;
        for (float[][] view : views) sum += (view[n][e] - mean) * (view[n][e] - mean);
      }
    }
    return sum / (views[0].length * (views.length - 1.0));
  }

  @Test
  void aNewScaleForgetsTheWhiteningOfTheOld() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED);
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    model.fitScale(train);
    float[][] scaled = model.encode(train);
    model.fitWhitening(train);
    assertFalse(Arrays.deepEquals(scaled, model.encode(train)));
    assertArrayEquals(scaled, model.encodeUnwhitened(train));
    model.fitScale(train);
    assertArrayEquals(scaled, model.encode(train));
  }

  @Test
  void isReadBackFromTheCheckpoint(@TempDir Path folder) {
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    Path file = folder.resolve("model.safetensors");
    float[][] saved;
    try (ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED)) {
      model.fitScale(train);
      model.fitWhitening(train);
      saved = model.encode(train);
      model.save(file);
    }
    try (ContrastiveModel loaded = ContrastiveModel.load(engine, file)) {
      assertArrayEquals(saved, loaded.encode(train));
    }
  }

  @Test
  void aCompactEmbeddingIsReadBackFromTheCheckpoint(@TempDir Path folder) {
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    Path file = folder.resolve("model.safetensors");
    var config = new ModelConfig(Examples.model(engine, 1, EmbeddingKind.POOLED).config().encoder(), 4, EmbeddingKind.POOLED, 3,
        0);
    float[][] saved;
    try (ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.empty(), 1)) {
      model.fitScale(train);
      model.fitWhitening(train);
      saved = model.encode(train);
      model.save(file);
    }
    assertEquals(3, saved[0].length);
    try (ContrastiveModel loaded = ContrastiveModel.load(engine, file)) {
      assertEquals(3, loaded.config().embeddingSize());
      assertArrayEquals(saved, loaded.encode(train));
    }
  }

  @Test
  void isNoPartOfWhatTrainingCopies() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.POOLED);
    Set<String> before = model.state().tensors().keySet();
    model.fitWhitening(Examples.unequalSeries(10, 1));
    assertEquals(before, model.state().tensors().keySet());
  }

  @Test
  void theLinearEmbeddingIsNotWhitened() {
    ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.LINEAR);
    TimeSeriesSet train = Examples.unequalSeries(10, 1);
    float[][] before = model.encode(train);
    model.fitWhitening(train);
    assertArrayEquals(before, model.encode(train));
  }
}
