package dev.anyrate.engine.memory;

/// Room for some numbers during a part of a plan. See [StepMemory#place].
public final class Lease {
  /// The end of a lease that outlasts the plan.
  public static final int LASTING = Integer.MAX_VALUE;

  /// Places begin at multiples of so many floats, which is a cache line.
  private static final int ALIGNMENT = 16;

  private final int size;
  private final int from;
  private final int to;
  private Storage place; // null before it was found

  /// @param size floats
  /// @param from first moment
  /// @param to   last moment, or [#LASTING]
  public Lease(int size, int from, int to) {
    this.size = size;
    this.from = from;
    this.to = to;
  }

  /// Floats.
  public int size() {
    return size;
  }

  /// First moment.
  public int from() {
    return from;
  }

  /// Last moment.
  public int to() {
    return to;
  }

  /// Where the numbers lie.
  public Storage place() {
    return place;
  }

  void placeAt(Storage found) {
    place = found;
  }

  /// Floats up to where another place may begin.
  int room() {
    return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
  }

  boolean overlaps(Lease other) {
    return from <= other.to && other.from <= to;
  }
}
