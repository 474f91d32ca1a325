package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.memory.Storage;
import java.util.Objects;
import org.jocl.Pointer;

/// Numbers in the memory of a device: a window of a buffer.
public final class DeviceStorage extends Storage {
  private final DeviceBuffer buffer;
  private final int offset;
  private final DeviceMemory memory; // null where another storage owns the numbers

  DeviceStorage(DeviceBuffer buffer, int offset, int size, DeviceMemory memory) {
    super(size);
    this.buffer = buffer;
    this.offset = offset;
    this.memory = memory;
  }

  /// The device storage that holds the numbers of `storage`.
  ///
  /// @throws IllegalArgumentException if it belongs to another backend
  static DeviceStorage of(Storage storage) {
    if (storage.place() instanceof DeviceStorage device) return device;
    throw new IllegalArgumentException("storage of " + storage.size() + " floats is on the heap, this backend works on a device;"
        + " use tensors only with the engine that made them");
  }

  private DeviceStorage(DeviceStorage whole, int from, int count) {
    super(count, whole);
    Objects.checkFromIndexSize(from, count, whole.size());
    this.buffer = whole.buffer;
    this.offset = whole.offset + from;
    this.memory = null;
  }

  @Override
  public DeviceStorage window(int from, int count) {
    requireOpen();
    return new DeviceStorage(this, from, count);
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
    if (memory != null) memory.takeBack(buffer);
  }
}
