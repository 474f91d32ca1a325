package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.transform.KeyedRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A few series of each class, drawn by chance.
final class FewLabels {
  static final int PER_CLASS = 5;

  private static final long STREAM = 0x464C4142L; // keeps these draws apart from other uses of the same seed

  private FewLabels() {}

  /// Indices of five series of each class, of all where a class has fewer; ascending.
  static int[] draw(int[] labels, long seed) {
    SplittableRandom random = KeyedRandom.of(STREAM, seed);
    return Arrays.stream(labels).distinct().sorted().flatMap(label -> {
      int[] members = IntStream.range(0, labels.length).filter(n -> labels[n] == label).toArray();
      Shuffle.inPlace(members, random);
      return Arrays.stream(members).limit(PER_CLASS);
    }).sorted().toArray();
  }
}
