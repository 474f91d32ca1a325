package dev.anyrate.model.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtXentLossTest {
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, -0.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aTemperatureThatIsNotAboveZeroAndFiniteIsRefused(float temperature) {
    assertEquals("temperature: " + temperature + "; give a number above 0, such as 0.5",
        assertThrows(IllegalArgumentException.class, () -> new NtXentLoss(temperature)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {0.05f, 0.5f, 2})
  void isTheMeanOverAllRowsOfTheCrossEntropyOfTheOtherView(float temperature) {
    float[] projections = Numbers.random(10 * 3, 1);
    assertEquals(inDoublePrecision(projections, 10, 3, temperature), loss(projections, 10, 3, temperature), 1e-5);
  }

  @Test
  void theLengthOfAProjectionDoesNotCount() {
    float[] projections = Numbers.random(8 * 4, 2);
    float[] longer = projections.clone();
    for (int d = 0; d < 4; d++) longer[4 + d] *= 7;
    assertEquals(loss(projections, 8, 4, 0.5f), loss(longer, 8, 4, 0.5f), 1e-6);
  }

  @Test
  void exchangingTheViewsChangesNothing() {
    float[] projections = Numbers.random(12 * 5, 3);
    float[] exchanged = new float[projections.length];
    System.arraycopy(projections, 0, exchanged, 30, 30);
    System.arraycopy(projections, 30, exchanged, 0, 30);
    assertEquals(loss(projections, 12, 5, 0.2f), loss(exchanged, 12, 5, 0.2f), 1e-6);
  }

  @Test
  void pairsThatAreAlikeAndUnlikeAllOthersHaveNoLossAtLowTemperature() {
    float[] projections = new float[8 * 4]; // one axis for each of four pairs
    for (int row = 0; row < 8; row++) projections[row * 4 + row % 4] = 1;
    assertEquals(0, loss(projections, 8, 4, 0.05f), 1e-6);
  }

  @Test
  void projectionsThatAreAllAlikeHaveTheLossOfChance() {
    float[] alike = new float[8 * 4];
    Arrays.fill(alike, 0.3f);
    assertEquals(Math.log(7), NtXentLoss.chance(4));
    assertEquals(NtXentLoss.chance(4), loss(alike, 8, 4, 0.1f), 1e-5);
  }

  @Test
  void randomProjectionsAreNearChance() {
    int pairs = 128;
    float loss = loss(Numbers.random(2 * pairs * 64, 4), 2 * pairs, 64, 1);
    assertEquals(NtXentLoss.chance(pairs), loss, 0.02); // cosines in 64 dimensions have a deviation of 1/8
  }

  @Test
  void aProjectionOfZerosGivesANumber() {
    assertTrue(Float.isFinite(loss(new float[4 * 3], 4, 3, 0.5f)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void aSinglePairOrARowWithoutPartnerIsRefused(int rows) {
    String message = assertThrows(ShapeMismatch.class, () -> loss(new float[rows * 3], rows, 3, 0.5f)).getMessage();
    assertTrue(message.startsWith("nt-xent: projections is [" + rows + ", 3]; the rows are two views of at least 2 series"),
        message);
  }

  private static float loss(float[] projections, int rows, int size, float temperature) {
    try (Inference inference = engine.inference()) {
      return engine.toHost(new NtXentLoss(temperature).of(inference, inference.constant(Shape.of(rows, size), projections)))[0];
    }
  }

  /// The definition, written down once more without any of its shortcuts.
  private static double inDoublePrecision(float[] z, int rows, int size, double temperature) {
    double total = 0;
    for (int i = 0; i < rows; i++) {
      double others = 0;
      for (int j = 0; j < rows; j++) {
        if (j != i) others += Math.exp(cosine(z, i, j, size) / temperature);
      }
      total -= Math.log(Math.exp(cosine(z, i, (i + rows / 2) % rows, size) / temperature) / others);
    }
    return total / rows;
  }

  private static double cosine(float[] z, int i, int j, int size) {
    double product = 0;
    double squaresI = 0;
    double squaresJ = 0;
    for (int d = 0; d < size; d++) {
      product += (double) z[i * size + d] * z[j * size + d];
      squaresI += (double) z[i * size + d] * z[i * size + d];
      squaresJ += (double) z[j * size + d] * z[j * size + d];
    }
    return product / Math.sqrt(squaresI * squaresJ);
  }
}
