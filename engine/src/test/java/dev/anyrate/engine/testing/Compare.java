package dev.anyrate.engine.testing;

import java.util.Locale;

/// Compares numbers with their reference in norm: ‖actual − expected‖ / ‖expected‖.
public final class Compare {
  /// Numbers whose norm is smaller count as zero: the double-precision references have rounding noise of their own.
  private static final double SMALLEST_NORM = 1e-6;

  private static final int SHOWN_DIFFERENCES = 3;

  private Compare() {}

  /// ‖actual − expected‖ / max(‖expected‖, smallestNorm); 0 where both are zero, NaN where any number is.
  public static double relativeError(double[] expected, float[] actual, double smallestNorm) {
    double difference = 0;
    for (int i = 0; i < expected.length; i++) difference += square(actual[i] - expected[i]);
    return difference == 0 ? 0 : Math.sqrt(difference) / Math.max(norm(expected), smallestNorm);
  }

  /// ‖values‖
  public static double norm(double[] values) {
    double sum = 0;
    for (double value : values) sum += square(value);
    return Math.sqrt(sum);
  }

  /// @param what      names the numbers in the message
  /// @param tolerance of the relative error
  /// @throws AssertionError if the counts differ, the error is larger, or a number is NaN
  public static void assertClose(String what, double[] expected, float[] actual, double tolerance) {
    assertClose(what, expected, actual, tolerance, SMALLEST_NORM);
  }

  /// As above, for numbers that may be zero up to rounding.
  ///
  /// @param smallestNorm the error counts relative to this where ‖expected‖ is smaller
  public static void assertClose(String what, double[] expected, float[] actual, double tolerance, double smallestNorm) {
    assertSameCount(what, expected.length, actual.length);
    double error = relativeError(expected, actual, smallestNorm);
    if (error <= tolerance) return; // false for NaN
    var message = new StringBuilder(what)
        .append(String.format(Locale.ROOT, ": relative error %.3g, allowed %.3g; ‖expected‖ = %.3g", error, tolerance,
            norm(expected)));
    double worthShowing = tolerance * Math.max(norm(expected), smallestNorm) / Math.sqrt(expected.length);
    int shown = 0;
    for (int i = 0; i < expected.length && shown < SHOWN_DIFFERENCES; i++) {
      if (Math.abs(actual[i] - expected[i]) <= worthShowing) continue;
      message.append(String.format(Locale.ROOT, "; [%d] expected %.9g, was %.9g", i, expected[i], actual[i]));
      shown++;
    }
    throw new AssertionError(message.toString());
  }

  /// @throws AssertionError unless both hold the same bits
  public static void assertSameBits(String what, float[] expected, float[] actual) {
    assertSameCount(what, expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) == Float.floatToIntBits(actual[i])) continue;
      throw new AssertionError(what + ": first different bits at [" + i + "]: " + expected[i] + " and " + actual[i]);
    }
  }

  /// The same numbers in double precision.
  public static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) result[i] = values[i];
    return result;
  }

  private static void assertSameCount(String what, int expected, int actual) {
    if (expected != actual) throw new AssertionError(what + ": expected " + expected + " numbers, got " + actual);
  }

  private static double square(double x) {
    return x * x;
  }
}
