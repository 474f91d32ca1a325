package dev.anyrate.engine.kernel.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the devices of this machine, and the one that is meant.
final class Devices {
  private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
  private static final int CL_PLATFORM_NOT_FOUND_KHR = -1001; // of the extension cl_khr_icd; not in JOCL

  static {
    CL.setExceptionsEnabled(true);
  }

  private Devices() {}

  /// All devices of all drivers, in the drivers' order.
  ///
  /// @throws DeviceNotFound if there is no driver
  static List<Device> all() {
    List<Device> devices = new ArrayList<>();
    for (cl_platform_id platform : platforms()) addThoseOf(platform, devices);
    return devices;
  }

  private static cl_platform_id[] platforms() {
    try {
      int[] count = new int[1];
      CL.clGetPlatformIDs(0, null, count);
      if (count[0] == 0) throw noDriver();
      cl_platform_id[] platforms = new cl_platform_id[count[0]];
      CL.clGetPlatformIDs(count[0], platforms, null);
      return platforms;
    } catch (CLException e) {
      if (e.getStatus() == CL_PLATFORM_NOT_FOUND_KHR) throw noDriver();
      throw e;
    }
  }

  private static DeviceNotFound noDriver() {
    return new DeviceNotFound("no OpenCL driver (ICD) is installed",
        "install your card's, or PoCL to compute on the processor (Debian and Ubuntu: apt install pocl-opencl-icd)");
  }

  /// A driver that fails here, as one does whose card is not in the machine, hides no other.
  private static void addThoseOf(cl_platform_id platform, List<Device> devices) {
    String driver = "without a name";
    try {
      driver = Device.platformName(platform);
      int[] count = new int[1];
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] ids = new cl_device_id[count[0]];
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, count[0], ids, null);
      for (cl_device_id id : ids) devices.add(Device.of(devices.size(), platform, id));
    } catch (CLException e) {
      if (e.getStatus() != CL.CL_DEVICE_NOT_FOUND) {
        LOG.warn("opencl: the driver {} does not list its devices: {}", driver, e.getMessage());
      }
    }
  }

  /// The device that is meant.
  ///
  /// @param wish a device's number, a part of its name, or empty for the best one
  /// @throws DeviceNotFound if there is none
  static Device choose(String wish) {
    List<Device> all = all();
    return all.get(DeviceChoice.among(all.stream().map(Device::description).toList(), wish));
  }
}
