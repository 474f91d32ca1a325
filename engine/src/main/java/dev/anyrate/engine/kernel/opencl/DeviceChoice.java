package dev.anyrate.engine.kernel.opencl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Which of several devices is meant.
final class DeviceChoice {
  private static final String NO_DEVICE = "see what clinfo says; PoCL has none where it cannot write to its cache folder, POCL_CACHE_DIR names another";

  /// A GPU before an accelerator before a processor; then one with a memory of its own, as a card beside the graphics core of a processor has: the units of different makers
  /// cannot be compared, a core of 96 small ones is slower than a card of 28. Then the one with more units times clock, and of equals the first.
  private static final Comparator<DeviceDescription> BEST_FIRST = Comparator.comparing(DeviceDescription::type)
      .thenComparing(DeviceDescription::sharesMemory).thenComparing(Comparator.comparingLong(DeviceChoice::speed).reversed());

  private DeviceChoice() {}

  private static long speed(DeviceDescription device) {
    return (long) device.computeUnits() * device.clockMegahertz();
  }

  /// Index of the device that is meant: without a wish, the one that promises most.
  ///
  /// @param wish a device's number, a part of its name, or empty for the best one
  /// @throws DeviceNotFound if there is none
  static int among(List<DeviceDescription> all, String wish) {
    List<DeviceDescription> fitting = fitting(all, wish);
    if (fitting.isEmpty() && !all.isEmpty()) {
      throw new DeviceNotFound("no device is called " + wish, "choose by number or a part of the name: " + list(all));
    }
    if (fitting.isEmpty()) throw new DeviceNotFound("the drivers have no device", NO_DEVICE);
    return fitting.stream().filter(DeviceDescription::usable).min(BEST_FIRST)
        .map(DeviceDescription::number).orElseThrow(() -> new DeviceNotFound(
            "not available, or without OpenCL 1.2, compiler or memory: " + list(fitting), "see what clinfo says about it"));
  }

  /// The device of that number, else those that have the wish in their names: 4090 is no number, but a card.
  private static List<DeviceDescription> fitting(List<DeviceDescription> all, String wish) {
    return all.stream().filter(device -> wish.equals(String.valueOf(device.number()))).findFirst().map(List::of)
        .orElseGet(() -> all.stream().filter(device -> lowerCase(device.name()).contains(lowerCase(wish))).toList());
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String list(List<DeviceDescription> devices) {
    return devices.stream().map(device -> device.number() + " " + device.name()).collect(Collectors.joining(", "));
  }
}
