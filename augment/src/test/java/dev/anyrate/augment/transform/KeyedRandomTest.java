package dev.anyrate.augment.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {

  @Test
  void theSameKeyGivesTheSameStream() {
    assertEquals(KeyedRandom.of(1, 2, 3).nextLong(), KeyedRandom.of(1, 2, 3).nextLong());
  }

  @Test
  void keysThatDifferInValueOrderOrLengthGiveOtherStreams() {
    Set<Long> firsts = new HashSet<>();
    int keys = 0;
    for (long a = -20; a < 20; a++) {
      firsts.add(KeyedRandom.of(a).nextLong());
      keys++;
      for (long b = -20; b < 20; b++) {
        firsts.add(KeyedRandom.of(a, b).nextLong());
        firsts.add(KeyedRandom.of(a, b, 0).nextLong());
        keys += 2;
      }
    }
    assertEquals(keys, firsts.size());
  }

  @Test
  void neighbouringKeysAreNotCorrelated() {
    double sum = 0;
    for (int key = 0; key < 10_000; key++) {
      sum += (KeyedRandom.of(7, key).nextDouble() - 0.5) * (KeyedRandom.of(7, key + 1).nextDouble() - 0.5);
    }
    assertEquals(0, sum / 10_000 * 12, 0.04); // correlation, four standard deviations
  }
}
