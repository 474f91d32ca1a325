package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.TransferKernels;
import dev.anyrate.engine.memory.Storage;
import java.util.Objects;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/// Copies between the host's arrays and the device, and within the device. The former wait until they are done, and are counted.
///
/// They wait for what is in the queue before they begin: JOCL holds the array for the driver as a JNI critical region, and as long as one is held, some collectors
/// cannot run, so that threads which load data would stand still while the device computes.
final class OpenClTransfer implements TransferKernels {
  private final CommandQueue queue;
  private long bytesToDevice;
  private long bytesFromDevice;

  OpenClTransfer(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void upload(float[] source, int offset, Storage storage) {
    DeviceStorage to = DeviceStorage.of(storage);
    Objects.checkFromIndexSize(offset, to.size(), source.length);
    if (to.size() == 0) return;
    queue.await();
    queue.enqueue("upload", (handle, event) -> CL.clEnqueueWriteBuffer(handle, buffer(to), true, start(to), bytes(to),
        Pointer.to(source).withByteOffset((long) offset * Float.BYTES), 0, null, event));
    bytesToDevice += bytes(to);
  }

  @Override
  public void download(Storage storage, float[] target, int offset) {
    DeviceStorage from = DeviceStorage.of(storage);
    Objects.checkFromIndexSize(offset, from.size(), target.length);
    if (from.size() == 0) return;
    queue.await();
    queue.enqueue("download", (handle, event) -> CL.clEnqueueReadBuffer(handle, buffer(from), true, start(from), bytes(from),
        Pointer.to(target).withByteOffset((long) offset * Float.BYTES), 0, null, event));
    queue.await(); // nothing is left to wait for, so it costs nothing and the times can be read
    bytesFromDevice += bytes(from);
  }

  @Override
  public void copy(Storage from, Storage to) {
    DeviceStorage source = DeviceStorage.of(from);
    DeviceStorage target = DeviceStorage.of(to);
    if (source.size() == 0) return;
    queue.enqueue("copy", (handle, event) -> CL.clEnqueueCopyBuffer(handle, buffer(source), buffer(target), start(source),
        start(target), bytes(target), 0, null, event));
  }

  @Override
  public void fill(Storage storage, float value) {
    fill(queue, DeviceStorage.of(storage), value);
  }

  static void fill(CommandQueue queue, DeviceStorage storage, float value) {
    if (storage.size() == 0) return;
    queue.enqueue("fill", (handle, event) -> CL.clEnqueueFillBuffer(handle, buffer(storage), Pointer.to(new float[] {value}),
        Float.BYTES, start(storage), bytes(storage), 0, null, event));
  }

  /// What has crossed between host and device so far.
  BytesMoved moved() {
    return new BytesMoved(bytesToDevice, bytesFromDevice);
  }

  private static cl_mem buffer(DeviceStorage storage) {
    return storage.buffer().handle();
  }

  private static long start(DeviceStorage storage) {
    return (long) storage.offset() * Float.BYTES;
  }

  private static long bytes(DeviceStorage storage) {
    return (long) storage.size() * Float.BYTES;
  }
}
