package dev.anyrate.engine.kernel.opencl;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jocl.CL;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;

/// What all engines on one device share: its context and its programs. Opened by the first of them, released by the last.
///
/// Queue, kernels and memory belong to each engine alone, as a kernel's arguments are state.
final class DeviceContext {
  private static final Map<Integer, DeviceContext> OPEN = new HashMap<>(); // by number of the device

  private final Device device;
  private final cl_context handle;
  private final Map<Family, Program> programs = new EnumMap<>(Family.class);
  private int users;

  private DeviceContext(Device device) {
    this.device = device;
    var properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
    this.handle = CL.clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, null);
  }

  /// The context of a device; to be given back by [#release()].
  static DeviceContext share(Device device) {
    synchronized (OPEN) {
      DeviceContext context = OPEN.computeIfAbsent(device.description().number(), _ -> new DeviceContext(device));
      context.users++;
      return context;
    }
  }

  /// Called once for each [#share].
  void release() {
    synchronized (OPEN) {
      if (--users > 0) return;
      OPEN.remove(device.description().number());
      programs.values().forEach(program -> CL.clReleaseProgram(program.handle()));
      CL.clReleaseContext(handle);
    }
  }

  /// The program of a family, built when it is first wanted.
  ///
  /// @throws ProgramBuildFailure if the device's compiler refuses it
  Program program(Family family) {
    synchronized (OPEN) {
      return programs.computeIfAbsent(family, _ -> Program.build(family, handle, device, BinaryCache.ofUser()));
    }
  }

  Device device() {
    return device;
  }

  cl_context handle() {
    return handle;
  }
}
