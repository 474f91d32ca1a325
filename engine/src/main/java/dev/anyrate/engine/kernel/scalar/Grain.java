package dev.anyrate.engine.kernel.scalar;

/// How finely a loop is cut for several threads.
final class Grain {
  /// Some tens of microseconds of work; handing a range to another thread costs a few.
  private static final long OPERATIONS_PER_RANGE = 1 << 15;

  private Grain() {}

  /// Elements that one thread takes at a time. Depends on the work alone, as [dev.anyrate.engine.parallel.Workers] asks.
  ///
  /// @param operations arithmetic operations per element, roughly
  static int of(long operations) {
    return (int) Math.max(1, OPERATIONS_PER_RANGE / Math.max(1, operations));
  }
}
