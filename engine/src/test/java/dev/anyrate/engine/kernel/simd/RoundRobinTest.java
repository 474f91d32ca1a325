package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 11})
  void everyTwoBlocksMeetOnceAndNoBlockTwiceInARound(int blocks) {
    var schedule = new RoundRobin(blocks);
    var met = new HashSet<Set<Integer>>();
    for (int round = 0; round < schedule.rounds(); round++) {
      var busy = new HashSet<Integer>();
      for (int pair = 0; pair < schedule.pairs(); pair++) {
        int first = schedule.first(round, pair);
        int second = schedule.second(round, pair);
        assertTrue(first < blocks, "the first of a pair is always there");
        if (second == blocks) continue;
        assertTrue(busy.add(first) && busy.add(second), "block busy twice in round " + round);
        assertTrue(met.add(Set.of(first, second)), first + " met " + second + " before");
      }
    }
    assertEquals(blocks * (blocks - 1) / 2, met.size());
  }
}
