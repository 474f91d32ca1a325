package dev.anyrate.engine.memory;

/// Memory that keeps what comes back for reuse, and counts. In steady state [#bytesAllocated()] stands still.
public interface MemoryPool extends Memory {
  /// Forgets the buffers that wait for reuse.
  void trim();

  /// Bytes in storages that are open now.
  long bytesInUse();

  /// The largest [#bytesInUse()] so far.
  long peakBytesInUse();

  /// Bytes of all buffers ever created: constant once the pool is warm.
  long bytesAllocated();

  /// Bytes that the buffers may have together: of the heap, or of the device.
  long capacity();
}
