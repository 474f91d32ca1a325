package dev.anyrate.engine.kernel.opencl;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a driver says about its device, as far as anything here depends on it.
///
/// @param number             position among all devices of the machine, from 0
/// @param platform           the driver's name
/// @param name               of the device
/// @param version            of OpenCL that it speaks
/// @param driver             version of the driver
/// @param type               what kind of device
/// @param computeUnits       that work at the same time
/// @param clockMegahertz     CL_DEVICE_MAX_CLOCK_FREQUENCY
/// @param sharesMemory       whether its memory is the computer's (CL_DEVICE_HOST_UNIFIED_MEMORY), as that of a graphics core in a processor is
/// @param memoryBytes        CL_DEVICE_GLOBAL_MEM_SIZE
/// @param largestBufferBytes CL_DEVICE_MAX_MEM_ALLOC_SIZE
/// @param localMemoryBytes   CL_DEVICE_LOCAL_MEM_SIZE
/// @param ownLocalMemory     whether local memory is a memory of its own (CL_LOCAL), not a part of the ordinary one
/// @param largestGroup       CL_DEVICE_MAX_WORK_GROUP_SIZE
/// @param vectorWidth        CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT
/// @param fp16               whether it computes with 16-bit floats (cl_khr_fp16); nothing here does, see docs/design-notes.md
/// @param usable             whether it is available, and has OpenCL 1.2, a compiler and memory
record DeviceDescription(int number, String platform, String name, String version, String driver, Type type, int computeUnits,
    int clockMegahertz, boolean sharesMemory, long memoryBytes, long largestBufferBytes, long localMemoryBytes,
    boolean ownLocalMemory, long largestGroup, int vectorWidth,
    boolean fp16, boolean usable) {
  /// What kind of device.
  enum Type {
    GPU, ACCELERATOR, CPU
  }

  private static final Pattern VERSION = Pattern.compile("OpenCL (\\d+)\\.(\\d+).*");

  /// Whether a device has OpenCL 1.2, which all that is here needs: with an older one, programs do not compile and buffers cannot be filled.
  ///
  /// @param version as the device tells it
  static boolean isNewEnough(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) return false;
    int major = Integer.parseInt(matcher.group(1));
    return major > 1 || major == 1 && Integer.parseInt(matcher.group(2)) >= 2;
  }

  /// One line with the limits.
  String limits() {
    return String.format(Locale.ROOT,
        "%s, %d compute units, %s of memory (buffers up to %s), %d KiB of %s local memory, groups up to %d, vectors of %d floats, %s",
        type, computeUnits, size(memoryBytes), size(largestBufferBytes), localMemoryBytes >> 10,
        ownLocalMemory ? "own" : "emulated",
        largestGroup, vectorWidth, fp16 ? "fp16 (not used)" : "no fp16");
  }

  /// Bytes in the unit that suits them.
  static String size(long bytes) {
    if (bytes < 1 << 20) return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    if (bytes < 1 << 30) return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }

  @Override
  public String toString() {
    return name + " (" + platform + ", " + version + ", driver " + driver + ")";
  }
}
