package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.memory.Storage;
import java.util.Objects;
import org.jocl.Pointer;

/// Numbers in the memory of a device: a window of a buffer.
public final class DeviceStorage extends Storage {
  private final DeviceBuffer buffer;
  private final int offset;
  private final DeviceMemory owner;

  DeviceStorage(DeviceBuffer buffer, int offset, int size, DeviceMemory owner) {
    super(size);
    this.buffer = buffer;
    this.offset = offset;
    this.owner = owner;
  }

  /// The device storage that `storage` is.
  ///
  /// @throws IllegalArgumentException if it belongs to another backend
  static DeviceStorage of(Storage storage) {
    if (storage instanceof DeviceStorage device) return device;
    throw new IllegalArgumentException("storage of " + storage.size() + " floats is on the heap, this backend works on a device;"
        + " use tensors only with the engine that made them");
  }

  @Override
  public DeviceStorage window(int from, int count) {
    requireOpen();
    Objects.checkFromIndexSize(from, count, size());
    return new DeviceStorage(buffer, offset + from, count, owner);
  }

  /// The buffer, as argument of a kernel.
  Pointer pointer() {
    requireOpen();
    return buffer.pointer();
  }

  /// The buffer, for transfers.
  DeviceBuffer buffer() {
    requireOpen();
    return buffer;
  }

  /// Index of the first number in the buffer.
  int offset() {
    return offset;
  }

  @Override
  protected void release() {
    owner.takeBack(buffer);
  }
}
