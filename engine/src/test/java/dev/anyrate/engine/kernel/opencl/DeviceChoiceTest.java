package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.kernel.opencl.DeviceDescription.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static final List<DeviceDescription> ALL = List.of(device(0, "pthread EPYC", Type.CPU, true),
      device(1, "Radeon", Type.GPU, true), device(2, "GeForce 4090", Type.GPU, true),
      device(3, "GeForce broken", Type.GPU, false));

  private static DeviceDescription device(int number, String name, Type type, boolean usable) {
    return device(number, name, type, 8, 1000, false, usable);
  }

  private static DeviceDescription device(int number, String name, Type type, int units, int megahertz, boolean sharesMemory,
      boolean usable) {
    return new DeviceDescription(number, "platform", name, "OpenCL 1.2", "1", type, units, megahertz, sharesMemory, 1L << 30,
        1L << 28, 1 << 15, true, 256, 1, false, usable);
  }

  @Test
  void aCardIsTakenBeforeTheGraphicsCoreOfAProcessor() {
    var core = device(0, "UHD", Type.GPU, 96, 1300, true, true);
    var card = device(1, "GeForce", Type.GPU, 28, 1800, false, true);
    assertEquals(1, DeviceChoice.among(List.of(core, card), ""));
    assertEquals(0, DeviceChoice.among(List.of(core, device(1, "broken", Type.GPU, 28, 1800, false, false)), ""));
    assertEquals(0, DeviceChoice.among(List.of(core, device(1, "EPYC", Type.CPU, 64, 3000, false, true)), ""),
        "a GPU all the same");
  }

  @Test
  void ofTwoCardsTheOneWithMoreUnitsTimesClockIsTaken() {
    var first = device(0, "first", Type.GPU, 28, 1800, false, true);
    assertEquals(1, DeviceChoice.among(List.of(first, device(1, "larger", Type.GPU, 40, 1500, false, true)), ""));
    assertEquals(1, DeviceChoice.among(List.of(first, device(1, "faster", Type.GPU, 28, 1900, false, true)), ""));
    assertEquals(0, DeviceChoice.among(List.of(first, device(1, "slower", Type.GPU, 40, 1200, false, true)), ""));
  }

  @Test
  void withoutAWishItIsTheFirstGraphicsCard() {
    assertEquals(1, DeviceChoice.among(ALL, ""));
  }

  @Test
  void aWishIsANumberOrAPartOfTheName() {
    assertEquals(0, DeviceChoice.among(ALL, "0"));
    assertEquals(0, DeviceChoice.among(ALL, "epyc"));
    assertEquals(2, DeviceChoice.among(ALL, "geforce"));
    assertEquals(2, DeviceChoice.among(ALL, "4090"), "no device has that number");
  }

  @Test
  void aWishThatFitsNothingNamesWhatThereIs() {
    for (String wish : List.of("7", "arc", "-1")) {
      assertEquals("opencl: no device is called " + wish
          + "; choose by number or a part of the name: 0 pthread EPYC, 1 Radeon, 2 GeForce 4090, 3 GeForce broken",
          assertThrows(DeviceNotFound.class, () -> DeviceChoice.among(ALL, wish)).getMessage());
    }
  }

  @Test
  void aDeviceThatCannotBeUsedIsRefused() {
    assertEquals(
        "opencl: not available, or without OpenCL 1.2, compiler or memory: 3 GeForce broken; see what clinfo says about it",
        assertThrows(DeviceNotFound.class, () -> DeviceChoice.among(ALL, "3")).getMessage());
  }

  @Test
  void driversWithoutDevicesAreNamed() {
    assertEquals("the drivers have no device",
        assertThrows(DeviceNotFound.class, () -> DeviceChoice.among(List.of(), "")).reason());
  }
}
