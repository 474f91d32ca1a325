package dev.anyrate.engine.kernel.opencl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// Finds the devices of this machine, and the one that is meant.
final class Devices {
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
    for (cl_platform_id platform : platforms()) {
      for (cl_device_id id : devicesOf(platform)) devices.add(Device.of(devices.size(), platform, id));
    }
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

  private static cl_device_id[] devicesOf(cl_platform_id platform) {
    try {
      int[] count = new int[1];
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] ids = new cl_device_id[count[0]];
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, count[0], ids, null);
      return ids;
    } catch (CLException e) {
      if (e.getStatus() == CL.CL_DEVICE_NOT_FOUND) return new cl_device_id[0];
      throw e;
    }
  }

  /// The device that is meant.
  ///
  /// @param wish a device's number, a part of its name, or empty for the best one
  /// @throws DeviceNotFound if there is none
  static Device choose(String wish) {
    List<Device> all = all();
    int chosen = choose(all.stream().map(Device::description).toList(), wish);
    return all.get(chosen);
  }

  /// Index of the device that is meant: without a wish, a GPU before an accelerator before a processor.
  static int choose(List<DeviceDescription> all, String wish) {
    List<DeviceDescription> fitting = all.stream().filter(device -> fits(device, wish)).toList();
    if (fitting.isEmpty() && !all.isEmpty()) {
      throw new DeviceNotFound("no device is called " + wish, "choose by number or a part of the name: " + list(all));
    }
    return fitting.stream().filter(DeviceDescription::usable).min(Comparator.comparing(DeviceDescription::type))
        .map(DeviceDescription::number).orElseThrow(() -> new DeviceNotFound(
            fitting.isEmpty() ? "the drivers have no device" : "not available, or without compiler or memory: " + list(fitting),
            "see what clinfo says about it"));
  }

  private static boolean fits(DeviceDescription device, String wish) {
    if (!wish.isEmpty() && wish.chars().allMatch(Character::isDigit)) return wish.equals(String.valueOf(device.number()));
    return device.name().toLowerCase(Locale.ROOT).contains(wish.toLowerCase(Locale.ROOT));
  }

  private static String list(List<DeviceDescription> devices) {
    return devices.stream().map(device -> device.number() + " " + device.name()).collect(Collectors.joining(", "));
  }
}
