package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.memory.HeapStorage;
import org.junit.jupiter.api.Test;

class KeptWeightsTest {
  private static final int SIZE = 12;

  private final KeptWeights kept = new KeptWeights();
  private final HeapStorage weights = layer();

  private static HeapStorage layer() {
    return HeapStorage.wrap(new float[SIZE], 0, SIZE);
  }

  private static Conv1dGeometry geometry(int batch, int length, int inChannels, int kernel) {
    return new Conv1dGeometry(batch, length, inChannels, 2, kernel, 1, 1, 1, 1);
  }

  private float[] forward(HeapStorage weights) {
    return kept.of(Correlation.forward(geometry(1, 64, 2, 3)), false, weights, SIZE);
  }

  @Test
  void seriesOfAnyNumberAndLengthShareThem() {
    float[] made = forward(weights);
    kept.made(weights);
    assertSame(made, kept.of(Correlation.forward(geometry(3, 70, 2, 3)), false, weights, SIZE));
    assertTrue(kept.upToDate(weights));
  }

  @Test
  void whatTheTransformDependsOnIsKeptApart() {
    float[] made = forward(weights);
    assertNotSame(made, kept.of(Correlation.backwardInput(geometry(1, 64, 2, 3)), true, weights, SIZE));
    assertNotSame(made, kept.of(Correlation.forward(geometry(1, 64, 3, 2)), false, weights, SIZE));
    assertNotSame(made, forward(layer()));
    assertSame(made, forward(weights));
  }

  @Test
  void otherNumbersAreNotUpToDate() {
    forward(weights);
    assertFalse(kept.upToDate(weights));
    kept.made(weights);
    assertTrue(kept.upToDate(weights));
    weights.array()[SIZE - 1] = 1;
    assertFalse(kept.upToDate(weights));
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    HeapStorage[] layers = new HeapStorage[KeptWeights.LAYERS];
    float[][] made = new float[layers.length][];
    for (int i = 0; i < layers.length; i++) made[i] = forward(layers[i] = layer());
    assertSame(made[0], forward(layers[0]));
    forward(layer());
    assertSame(made[0], forward(layers[0]));
    assertSame(made[2], forward(layers[2]));
    assertNotSame(made[1], forward(layers[1]));
  }
}
