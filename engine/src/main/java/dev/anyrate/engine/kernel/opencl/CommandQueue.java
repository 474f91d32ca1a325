package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.memory.OutOfMemory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_kernel;

/// The queue of one engine: what is put into it runs in that order, so a buffer may be handed out again while its last reader still waits.
final class CommandQueue implements AutoCloseable {
  /// What drivers answer where memory is short, and sometimes for other reasons.
  private static final Set<Integer> SHORTAGES = Set.of(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE, CL.CL_OUT_OF_RESOURCES);

  /// Commands that are handed to the device at once. A driver may keep them until someone waits or flushes the queue (OpenCL 1.2, 5.13), and then the device would
  /// stand still while the host asks for a step.
  private static final int FLUSHED_TOGETHER = 32;

  private final DeviceContext context;
  private final cl_command_queue handle;
  private final Map<Family, Map<String, Launch>> launches = new EnumMap<>(Family.class); // by name of the kernel
  private final Optional<KernelClock> clock;
  private DeviceMemory memory;
  private int unflushed; // commands
  private boolean closed;

  /// @param keepsTimes whether the device shall note when each kernel begins and ends
  CommandQueue(DeviceContext context, boolean keepsTimes) {
    this.context = context;
    this.clock = keepsTimes ? Optional.of(new KernelClock()) : Optional.empty();
    this.handle = createQueue(context, keepsTimes ? CL.CL_QUEUE_PROFILING_ENABLE : 0);
  }

  @SuppressWarnings("deprecation") // its successor needs OpenCL 2.0
  private static cl_command_queue createQueue(DeviceContext context, long properties) {
    return CL.clCreateCommandQueue(context.handle(), context.device().id(), properties, null);
  }

  /// @param reserve what can make room where a command finds too little of it
  void drawOn(DeviceMemory reserve) {
    memory = reserve;
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
      return new Launch(kernel, created, program.tuning(), this);
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

  /// A command for the driver.
  interface Command {
    /// @param event to be filled in; null where no times are kept
    void enqueue(cl_command_queue queue, cl_event event);
  }

  /// Puts a command behind those that are in the queue.
  ///
  /// @param name of the kernel or copy
  /// @throws IllegalStateException if the queue is closed
  /// @throws OutOfMemory           if the device has no room for its operands
  /// @throws DeviceFailure         if the driver refuses it for another reason
  void enqueue(String name, Command command) {
    requireOpen();
    if (clock.isEmpty()) {
      enqueue(name, command, null);
    } else {
      if (clock.get().isFull()) await();
      var event = new cl_event();
      enqueue(name, command, event);
      clock.get().add(name, event);
    }
    if (++unflushed == FLUSHED_TOGETHER) flush(name);
  }

  private void flush(String name) {
    unflushed = 0;
    try {
      CL.clFlush(handle);
    } catch (CLException e) {
      throw failure("at " + name, e);
    }
  }

  /// Many drivers give a buffer its memory when a command first needs it. Where there is none, what waits for reuse is given up and the command is tried once more.
  private void enqueue(String name, Command command, cl_event event) {
    try {
      command.enqueue(handle, event);
    } catch (CLException first) {
      if (!SHORTAGES.contains(first.getStatus())) throw failure("at " + name, first);
      await(); // commands under way hold their operands
      memory.trim();
      try {
        command.enqueue(handle, event);
      } catch (CLException second) {
        if (second.getStatus() == CL.CL_MEM_OBJECT_ALLOCATION_FAILURE) throw memory.full("the operands of " + name, second);
        throw failure("at " + name, second);
      }
    }
  }

  private DeviceFailure failure(String where, CLException cause) {
    return new DeviceFailure("opencl: " + context.device().description().name() + " failed " + where + ": " + cause.getMessage()
        + "; start again, and if that does not help update its driver or use the backend simd", cause);
  }

  /// Waits until all that is in the queue is done.
  ///
  /// @throws DeviceFailure if a part of it failed, or a time is asked for in vain
  void await() {
    requireOpen();
    unflushed = 0;
    try {
      CL.clFinish(handle);
    } catch (CLException e) {
      throw failure("in the middle of its work", e);
    }
    try {
      clock.ifPresent(KernelClock::read);
    } catch (CLException e) {
      throw failure("to say how long its work took", e);
    }
  }

  /// Of what was done when the host last waited.
  KernelTimes times() {
    return clock.map(KernelClock::times).orElse(KernelTimes.NONE);
  }

  boolean isClosed() {
    return closed;
  }

  /// @throws IllegalStateException if the queue is closed
  void requireOpen() {
    if (closed) throw new IllegalStateException("this engine is closed; open a new one with Engine.open");
  }

  /// Waits for what is under way, and releases the kernels and the queue.
  @Override
  public void close() {
    if (closed) return;
    try {
      await();
    } finally {
      closed = true;
      clock.ifPresent(KernelClock::forget);
      launches.values().forEach(family -> family.values().forEach(Launch::release));
      CL.clReleaseCommandQueue(handle);
    }
  }
}
