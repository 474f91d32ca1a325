package dev.anyrate.engine.kernel;

/// What has crossed the border between the caller's arrays and the memory of a device. On the heap there is no border.
///
/// @param toDevice   bytes copied to the device
/// @param fromDevice bytes copied back
public record BytesMoved(long toDevice, long fromDevice) {
  /// Of a backend that works on the heap.
  public static final BytesMoved NONE = new BytesMoved(0, 0);

  /// What has crossed since `earlier`.
  public BytesMoved since(BytesMoved earlier) {
    return new BytesMoved(toDevice - earlier.toDevice, fromDevice - earlier.fromDevice);
  }
}
