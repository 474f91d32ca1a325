package dev.anyrate.bench;

/// What one call of a benchmark does, so that its time can be read as a share of what the core can do.
///
/// @param amount floating-point operations, or bytes
/// @param unit   of `amount`
/// @param series series that one call takes, 0 where series are not the measure
public record Work(double amount, Unit unit, int series) {
  /// What bounds a benchmark.
  public enum Unit {
    /// Arithmetic: multiplications and additions of the direct method, also where a cleverer one needs fewer.
    FLOP,
    /// Memory traffic: every operand read once, every result written once.
    BYTE
  }

  /// Bound by arithmetic.
  public static Work flops(double flops) {
    return new Work(flops, Unit.FLOP, 0);
  }

  /// Bound by memory: counts of floats that are read or written.
  public static Work floatsMoved(double floats) {
    return new Work(floats * Float.BYTES, Unit.BYTE, 0);
  }

  /// The same with a count of series beside it.
  public Work ofSeries(int count) {
    return new Work(amount, unit, count);
  }
}
