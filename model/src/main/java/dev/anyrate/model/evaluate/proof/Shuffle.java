package dev.anyrate.model.evaluate.proof;

import java.util.SplittableRandom;

/// Random order, by Fisher and Yates.
final class Shuffle {
  private Shuffle() {}

  /// @param values are brought into random order
  static void inPlace(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = values[i];
      values[i] = values[j];
      values[j] = other;
    }
  }

  /// The numbers from 0 on in random order.
  static int[] order(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) order[i] = i;
    inPlace(order, random);
    return order;
  }
}
