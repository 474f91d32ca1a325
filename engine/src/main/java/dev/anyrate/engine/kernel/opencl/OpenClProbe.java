package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.kernel.KernelProvider.Availability;
import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.OutOfMemory;
import dev.anyrate.engine.memory.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jocl.CLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether a device works here: builds every program for it, and multiplies two small matrices.
final class OpenClProbe {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClProbe.class);
  private static final String USE_ANOTHER = "update its driver, choose another device (anyrate doctor lists them), or use the backend simd";

  /// By the user's wish; kept, because each try builds all programs.
  private static final Map<String, Availability> RESULTS = new ConcurrentHashMap<>();

  private OpenClProbe() {}

  /// @param wish what [Devices#choose] takes
  static Availability of(String wish) {
    return RESULTS.computeIfAbsent(wish, OpenClProbe::probe);
  }

  private static Availability probe(String wish) {
    try {
      Device device = Devices.choose(wish);
      try (OpenClKernels kernels = OpenClKernels.open(device, MemoryPolicy.POOLED)) {
        for (Family family : Family.values()) kernels.context().program(family);
        float[] product = product(kernels);
        if (Arrays.equals(product, new float[] {19, 22, 43, 50})) return new Available(device.description().toString());
        return new Unavailable(device.description() + " multiplies wrongly, [[1, 2], [3, 4]]·[[5, 6], [7, 8]] gave "
            + Arrays.toString(product), USE_ANOTHER);
      }
    } catch (DeviceNotFound e) {
      return new Unavailable(e.reason(), e.remedy());
    } catch (ProgramBuildFailure e) {
      LOG.warn("{}\n{}", e.getMessage(), e.log());
      return new Unavailable(e.getMessage(), USE_ANOTHER);
    } catch (CLException | UnsupportedOperationException | DeviceFailure | OutOfMemory | IllegalStateException e) {
      return new Unavailable("the device does not work: " + e.getMessage(), USE_ANOTHER);
    } catch (LinkageError e) {
      return new Unavailable(
          "the OpenCL library cannot be loaded: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "install an OpenCL loader (Debian and Ubuntu: apt install ocl-icd-libopencl1 pocl-opencl-icd)");
    }
  }

  private static float[] product(OpenClKernels kernels) {
    try (Storage a = kernels.memory().allocate(4);
        Storage b = kernels.memory().allocate(4);
        Storage c = kernels.memory().allocate(4)) {
      kernels.transfer().upload(new float[] {1, 2, 3, 4}, 0, a);
      kernels.transfer().upload(new float[] {5, 6, 7, 8}, 0, b);
      kernels.matmul().matmul(1, false, false, 2, 2, 2, a, b, c);
      float[] product = new float[4];
      kernels.transfer().download(c, product, 0);
      return product;
    }
  }

  /// Two lines for each device, to be shown to the user; none where there is no device.
  static List<String> devices() {
    List<String> lines = new ArrayList<>();
    try {
      for (Device device : Devices.all()) {
        DeviceDescription description = device.description();
        lines.add("device " + description.number() + ": " + description + (description.usable() ? "" : ", not usable"));
        lines.add("  " + description.limits());
      }
    } catch (DeviceNotFound | CLException | LinkageError _) {
      return List.of(); // the probe says why
    }
    return lines;
  }
}
