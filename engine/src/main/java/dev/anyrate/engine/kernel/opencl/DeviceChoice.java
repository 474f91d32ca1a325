package dev.anyrate.engine.kernel.opencl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which of several devices is meant.
final class DeviceChoice {
  private DeviceChoice() {}

  /// Index of the device that is meant: without a wish, a GPU before an accelerator before a processor.
  ///
  /// @param wish a device's number, a part of its name, or empty for the best one
  /// @throws DeviceNotFound if there is none
  static int among(List<DeviceDescription> all, String wish) {
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
