package dev.anyrate.engine.kernel.opencl;

import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_EXTENSIONS;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_HOST_UNIFIED_MEMORY;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_TYPE;
import static org.jocl.CL.CL_DEVICE_MAX_CLOCK_FREQUENCY;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;
import static org.jocl.CL.CL_LOCAL;
import static org.jocl.CL.CL_PLATFORM_NAME;

import dev.anyrate.engine.kernel.opencl.DeviceDescription.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// A device of this machine.
///
/// @param platform    its driver
/// @param id          its handle; belongs to the driver and is not released
/// @param description what the driver says about it
record Device(cl_platform_id platform, cl_device_id id, DeviceDescription description) {
  /// Asks the driver.
  ///
  /// @param number position among all devices
  static Device of(int number, cl_platform_id platform, cl_device_id id) {
    long memory = number(id, CL_DEVICE_GLOBAL_MEM_SIZE);
    String version = text(id, CL_DEVICE_VERSION);
    boolean usable = flag(id, CL_DEVICE_AVAILABLE) && flag(id, CL_DEVICE_COMPILER_AVAILABLE) && memory > 0
        && DeviceDescription.isNewEnough(version);
    return new Device(platform, id, new DeviceDescription(number, platformName(platform), text(id, CL_DEVICE_NAME), version,
        text(id, CL_DRIVER_VERSION), type(id), (int) number(id, CL_DEVICE_MAX_COMPUTE_UNITS),
        (int) number(id, CL_DEVICE_MAX_CLOCK_FREQUENCY), sharesMemory(id), memory,
        number(id, CL_DEVICE_MAX_MEM_ALLOC_SIZE), number(id, CL_DEVICE_LOCAL_MEM_SIZE),
        number(id, CL_DEVICE_LOCAL_MEM_TYPE) == CL_LOCAL, number(id, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        (int) number(id, CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
        List.of(text(id, CL_DEVICE_EXTENSIONS).split(" ")).contains("cl_khr_fp16"),
        usable));
  }

  private static Type type(cl_device_id id) {
    long bits = number(id, CL_DEVICE_TYPE);
    if ((bits & CL_DEVICE_TYPE_GPU) != 0) return Type.GPU;
    return (bits & CL_DEVICE_TYPE_CPU) != 0 ? Type.CPU : Type.ACCELERATOR;
  }

  /// OpenCL 2.0 withdrew the question; all drivers that are known still answer it.
  @SuppressWarnings("deprecation")
  private static boolean sharesMemory(cl_device_id id) {
    try {
      return flag(id, CL_DEVICE_HOST_UNIFIED_MEMORY);
    } catch (CLException _) {
      return false;
    }
  }

  private static boolean flag(cl_device_id id, int parameter) {
    return number(id, parameter) != 0;
  }

  /// A number of 4 or of 8 bytes: the driver writes as many as the parameter has, the others stay 0. All platforms that JOCL runs on put the lowest byte first.
  private static long number(cl_device_id id, int parameter) {
    long[] size = new long[1];
    CL.clGetDeviceInfo(id, parameter, 0, null, size);
    long[] value = new long[1];
    CL.clGetDeviceInfo(id, parameter, size[0], Pointer.to(value), null);
    return value[0];
  }

  private static String text(cl_device_id id, int parameter) {
    long[] size = new long[1];
    CL.clGetDeviceInfo(id, parameter, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetDeviceInfo(id, parameter, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  static String platformName(cl_platform_id platform) {
    long[] size = new long[1];
    CL.clGetPlatformInfo(platform, CL_PLATFORM_NAME, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetPlatformInfo(platform, CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  /// Text of C, which ends at a zero.
  static String string(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) end++;
    return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
  }
}
