package dev.anyrate.engine.kernel;

/// How fast the sines of a position turn, on every backend. The slowest tells beginning from end, the fastest neighbours among some dozens of patches.
public final class PositionFrequency {
  private static final double SLOWEST = 0.25;
  private static final double FASTEST = 16;

  private PositionFrequency() {}

  /// Periods a series in channels 2i and 2i + 1.
  public static double of(int channel, int channels) {
    int last = (channels - 1) / 2;
    return last == 0 ? SLOWEST : SLOWEST * Math.pow(FASTEST / SLOWEST, channel / 2 / (double) last);
  }
}
