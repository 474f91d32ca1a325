package dev.anyrate.engine.parallel;

/// Work memory of kernels, one set per thread: packed panels, padded copies, partial sums. Grows on demand, is never cleared, and is kept
/// from call to call so that a step in steady state allocates nothing.
public final class Scratch {
  private final ThreadLocal<float[][]> buffers;

  /// @param slots how many buffers a kernel family uses at the same time
  public Scratch(int slots) {
    buffers = ThreadLocal.withInitial(() -> new float[slots][0]);
  }

  /// This thread's buffer of a slot.
  ///
  /// @param slot which buffer, from 0
  /// @param size floats needed
  /// @return an array of at least that length with arbitrary content
  public float[] floats(int slot, int size) {
    float[][] mine = buffers.get();
    if (mine[slot].length < size) mine[slot] = new float[Math.max(size, mine[slot].length * 2)];
    return mine[slot];
  }
}
