package dev.anyrate.engine.kernel.opencl;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;

/// The queue of one engine: what is put into it runs in that order, so a buffer may be handed out again while its last reader still waits.
final class CommandQueue implements AutoCloseable {
  private final DeviceContext context;
  private final cl_command_queue handle;
  private final Map<Family, Map<String, Launch>> launches = new EnumMap<>(Family.class); // by name of the kernel
  private boolean closed;

  CommandQueue(DeviceContext context) {
    this.context = context;
    this.handle = createQueue(context);
  }

  @SuppressWarnings("deprecation") // its successor needs OpenCL 2.0
  private static cl_command_queue createQueue(DeviceContext context) {
    return CL.clCreateCommandQueue(context.handle(), context.device().id(), 0, null);
  }

  /// Begins the launch of a kernel.
  ///
  /// @param kernel its name
  Launch launch(Family family, String kernel) {
    requireOpen();
    Map<String, Launch> known = launches.computeIfAbsent(family, _ -> new HashMap<>());
    return known.computeIfAbsent(kernel, _ -> create(family, kernel)).begin();
  }

  private Launch create(Family family, String kernel) {
    Program program = context.program(family);
    try {
      cl_kernel created = CL.clCreateKernel(program.handle(), kernel, null);
      return new Launch(kernel, created, program.tuning(), handle);
    } catch (CLException e) {
      throw new IllegalStateException("opencl: no kernel " + kernel + " in " + family + ".cl: " + e.getMessage(), e);
    }
  }

  /// Sizes that a family was built with.
  Tuning tuning(Family family) {
    return context.program(family).tuning();
  }

  DeviceContext context() {
    return context;
  }

  /// For transfers.
  ///
  /// @throws IllegalStateException if the queue is closed
  cl_command_queue handle() {
    requireOpen();
    return handle;
  }

  boolean isClosed() {
    return closed;
  }

  private void requireOpen() {
    if (closed) throw new IllegalStateException("this engine is closed; open a new one with Engine.open");
  }

  /// Waits for what is under way, and releases the kernels and the queue.
  @Override
  public void close() {
    if (closed) return;
    CL.clFinish(handle);
    closed = true;
    launches.values().forEach(family -> family.values().forEach(Launch::release));
    CL.clReleaseCommandQueue(handle);
  }
}
