package dev.anyrate.model.evaluate.compare;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Holm's correction for many tests: the smallest of m p-values counts m times, the next m − 1 times, and so on, never less than one before it.
///
/// @see <a href="https://www.jstor.org/stable/4615733">Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979)</a>
final class Holm {
  private Holm() {}

  /// @param pValues of all tests that are made. Read.
  /// @return corrected ones, in the same order
  static double[] corrected(double[] pValues) {
    int[] order = IntStream.range(0, pValues.length).boxed().sorted(Comparator.comparingDouble(i -> pValues[i]))
        .mapToInt(Integer::intValue).toArray();
    double[] corrected = new double[pValues.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, pValues[order[i]] * (order.length - i)));
      corrected[order[i]] = largest;
    }
    return corrected;
  }
}
