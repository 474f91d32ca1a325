package dev.anyrate.augment.pairs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PairedBatchTest {
  private static PairedBatch batch(int first, int second) {
    return new PairedBatch(new float[10], new int[] {5, first}, new float[10], new int[] {second, 5}, 2, 1, 5);
  }

  /// A kernel would read the next series, or behind the batch.
  @Test
  void aLengthBeyondTheViewIsRefused() {
    assertDoesNotThrow(() -> batch(0, 5));
    for (int wrong : new int[] {6, -1}) {
      assertEquals("batch: the length of view 1 is " + wrong + ", of views with room for 5 samples; give 0 to 5",
          assertThrows(IllegalArgumentException.class, () -> batch(wrong, 5)).getMessage());
      assertThrows(IllegalArgumentException.class, () -> batch(5, wrong));
    }
  }
}
