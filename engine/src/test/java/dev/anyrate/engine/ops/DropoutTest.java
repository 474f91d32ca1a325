package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.DropoutMask;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Zeros of [Dropout] are as frequent as asked for, and independent of those of other steps and seeds.
class DropoutTest {
  private static final int SIZE = 100_000;

  @Test
  void theShareOfZerosIsTheRate() {
    for (float rate : new float[] {0.1f, 0.5f, 0.9f}) {
      int zeros = 0;
      for (int i = 0; i < SIZE; i++) zeros += DropoutMask.keeps(rate, DropoutMask.start(1), 1, i) ? 0 : 1;
      assertEquals(rate, (double) zeros / SIZE, 5 * Math.sqrt(rate * (1 - rate) / SIZE)); // five standard deviations
    }
  }

  @Test
  void stepsAndSeedsDrawIndependently() {
    for (long[] other : new long[][] {{1, 2}, {2, 1}}) { // seed, step
      int same = 0;
      for (int i = 0; i < SIZE; i++) {
        if (DropoutMask.keeps(0.5f, DropoutMask.start(1), 1, i) == DropoutMask.keeps(0.5f, DropoutMask.start(other[0]),
            (int) other[1], i))
          same++;
      }
      assertEquals(0.5, (double) same / SIZE, 5 * 0.5 / Math.sqrt(SIZE));
    }
  }

  /// As layers have whose seeds were counted up.
  @Test
  void neighbouringSeedsAreNotOneSequenceMoved() {
    for (int moved = 1; moved <= 3; moved++) {
      int same = 0;
      for (int i = 0; i < SIZE; i++) {
        if (DropoutMask.keeps(0.5f, DropoutMask.start(1), 1, i + moved) == DropoutMask.keeps(0.5f, DropoutMask.start(1 + moved),
            1, i))
          same++;
      }
      assertEquals(0.5, (double) same / SIZE, 5 * 0.5 / Math.sqrt(SIZE));
    }
  }

  @Test
  void aCounterGivesEveryStepZerosOfItsOwnAndCanBeSetBack() {
    try (Engine engine = Engine.open(); Tape tape = engine.tape()) {
      Tensor counter = engine.full(Shape.of(1), 0);
      float[] first = dropped(engine, tape, counter);
      float[] second = dropped(engine, tape, counter);
      assertEquals(2, engine.toHost(counter)[0]);
      assertTrue(Arrays.mismatch(first, second) >= 0);
      engine.write(counter, new float[] {1});
      assertArrayEquals(second, dropped(engine, tape, counter));
    }
  }

  private static float[] dropped(Engine engine, Tape tape, Tensor counter) {
    Tensor step = tape.run(new NextStep(counter));
    return engine.toHost(tape.run(new Dropout(engine.full(Shape.of(64), 1), step, 0.5f, 1)));
  }

  @Test
  void aRateOf1IsRefused() {
    try (Engine engine = Engine.open()) {
      Tensor one = engine.full(Shape.of(1), 1);
      assertEquals("dropout: rate is 1.0; give 0 up to, not including, 1",
          assertThrows(IllegalArgumentException.class, () -> new Dropout(one, one, 1, 1)).getMessage());
    }
  }
}
