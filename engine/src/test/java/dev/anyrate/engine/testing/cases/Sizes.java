package dev.anyrate.engine.testing.cases;

import java.util.stream.IntStream;

/// Sizes at which vector code goes wrong first.
final class Sizes {
  private static final int[] AROUND_LANES = {1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33};

  private Sizes() {}

  /// 1, and one less than, equal to and one more than 4, 8, 16 and 32 lanes.
  static IntStream aroundLanes() {
    return IntStream.of(AROUND_LANES);
  }

  /// As [#aroundLanes], without 1.
  static IntStream aroundLanesFromTwo() {
    return aroundLanes().filter(size -> size > 1);
  }
}
