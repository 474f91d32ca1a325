package dev.anyrate.model.evaluate;

/// Tells how long the steps of a work take.
final class Clock {
  private static final double NANOSECONDS = 1e-9; // in seconds

  private long last = System.nanoTime();

  /// Seconds since the last call, or since the clock was made.
  double lap() {
    long now = System.nanoTime();
    double seconds = (now - last) * NANOSECONDS;
    last = now;
    return seconds;
  }
}
