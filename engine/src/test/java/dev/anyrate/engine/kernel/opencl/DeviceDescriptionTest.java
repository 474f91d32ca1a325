package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceDescriptionTest {
  @Test
  void devicesFromOpenCl12OnAreNewEnough() {
    for (String version : List.of("OpenCL 1.2", "OpenCL 1.2 pocl HSTR: x86_64", "OpenCL 2.0 AMD-APP", "OpenCL 3.0 CUDA",
        "OpenCL 10.0")) {
      assertTrue(DeviceDescription.isNewEnough(version), version);
    }
    for (String version : List.of("OpenCL 1.0", "OpenCL 1.1 CUDA 7.0", "OpenCL 0.9", "2.0", "")) {
      assertFalse(DeviceDescription.isNewEnough(version), version);
    }
  }
}
