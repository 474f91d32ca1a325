package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import java.util.List;

/// Opens the backend of an OpenCL device. Mentions no class of JOCL, so that it loads without that jar.
public final class OpenClProvider implements KernelProvider {
  /// System property that chooses the device: its number in `anyrate doctor`, or a part of its name.
  public static final String DEVICE_PROPERTY = "anyrate.opencl.device";

  /// System property that lets the automatic choice take a device. Without it, a device is used only where it is asked for: the
  /// results of another device differ in the last digits, and a laptop's graphics unit may well be the slower choice.
  public static final String AUTOMATIC_PROPERTY = "anyrate.opencl.automatic";

  /// System property that makes devices note how long each kernel takes: `true` for [Kernels#kernelTimes()] to know it.
  public static final String TIMES_PROPERTY = "anyrate.opencl.times";

  /// For `ServiceLoader`.
  public OpenClProvider() {}

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public int rank() {
    return Boolean.getBoolean(AUTOMATIC_PROPERTY) ? 20 : -1;
  }

  @Override
  public Availability availability() {
    return joclIsThere()
        ? OpenClProbe.of(wish())
        : new Unavailable("JOCL is not on the class path", "add the dependency org.jocl:jocl:2.0.6");
  }

  @Override
  public List<String> diagnosis() {
    return joclIsThere() ? OpenClProbe.devices() : List.of();
  }

  /// @param workers not used: the device has threads of its own
  @Override
  public Kernels open(Workers workers, MemoryPolicy policy) {
    return OpenClKernels.open(Devices.choose(wish()), policy);
  }

  /// What the user says about the device; empty for nothing.
  static String wish() {
    return System.getProperty(DEVICE_PROPERTY, "");
  }

  private static boolean joclIsThere() {
    try {
      Class.forName("org.jocl.CL", false, OpenClProvider.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }
}
