package dev.anyrate.engine.parallel;

/// Work memory of kernels, one set per thread: packed panels, padded copies, partial sums. Grows on demand, is never cleared, and is kept
/// from call to call so that a step in steady state allocates nothing.
public final class Scratch {
  /// What an array holds, on any JVM.
  private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

  private final String operation;
  private final ThreadLocal<float[][]> buffers;

  /// @param operation that needs them, for messages
  /// @param slots     how many buffers a kernel family uses at the same time
  public Scratch(String operation, int slots) {
    this.operation = operation;
    buffers = ThreadLocal.withInitial(() -> new float[slots][0]);
  }

  /// This thread's buffer of a slot.
  ///
  /// @param slot which buffer, from 0
  /// @param size floats needed; a product of sizes is to be made of longs, as each of them may fit into an int and the product not
  /// @return an array of at least that length with arbitrary content
  /// @throws IllegalArgumentException if no array holds so many
  public float[] floats(int slot, long size) {
    float[][] mine = buffers.get();
    if (mine[slot].length < size) mine[slot] = new float[grown(mine[slot].length, size)];
    return mine[slot];
  }

  private int grown(int present, long needed) {
    if (needed > MOST_FLOATS) {
      throw new IllegalArgumentException(operation + ": work memory of " + needed + " floats is needed, and an array holds "
          + MOST_FLOATS + "; use a smaller batch, shorter series or fewer channels");
    }
    return (int) Math.max(needed, Math.min(2L * present, MOST_FLOATS));
  }
}
