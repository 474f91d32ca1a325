package dev.anyrate.engine.kernel.opencl;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/// A buffer of the device. A second release, or a use after it, would end the JVM, so both are caught here.
final class DeviceBuffer {
  private final cl_mem handle;
  private final Pointer pointer;
  private final long bytes;
  private String birth = "";
  private boolean released;

  DeviceBuffer(cl_mem handle, long bytes) {
    this.handle = handle;
    this.pointer = Pointer.to(handle);
    this.bytes = bytes;
  }

  cl_mem handle() {
    requireUnreleased();
    return handle;
  }

  Pointer pointer() {
    requireUnreleased();
    return pointer;
  }

  long bytes() {
    return bytes;
  }

  /// Where in the program it was handed out last.
  String birth() {
    return birth;
  }

  void bornAt(String place) {
    birth = place;
  }

  private void requireUnreleased() {
    if (released)
      throw new IllegalStateException("the engine of this storage is closed; copy what must outlive it with Engine.toHost");
  }

  void release() {
    if (released) return;
    released = true;
    CL.clReleaseMemObject(handle);
  }
}
