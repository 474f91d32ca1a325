package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.testing.BackendUnderTest;
import org.junit.jupiter.api.Test;

class DevicePeakTest {
  /// A device that computes for this library does a hundred million of both in a second, also where others use the processor beside.
  @Test
  void isMeasured() {
    BackendUnderTest.require("opencl");
    DevicePeak peak = DevicePeak.measure();
    assertTrue(peak.flops() > 1e8 && peak.flops() < 1e16, peak::toString);
    assertTrue(peak.bytes() > 1e8 && peak.bytes() < 1e15, peak::toString);
  }
}
