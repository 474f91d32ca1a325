package dev.anyrate.engine.memory;

/// How a backend treats its buffers.
///
/// @param reuse  keep returned buffers and hand them out again (off: every storage is a new array, for finding reuse faults)
/// @param poison fill every storage with NaN before it is handed out, so that a kernel which reads what it did not write is found
public record MemoryPolicy(boolean reuse, boolean poison) {
  /// For work: reuse, no filling.
  public static final MemoryPolicy POOLED = new MemoryPolicy(true, false);
}
