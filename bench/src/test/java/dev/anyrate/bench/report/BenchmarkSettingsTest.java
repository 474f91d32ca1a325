package dev.anyrate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.bench.report.BenchmarkRun.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What remains of a run where there is no device.
class BenchmarkSettingsTest {
  private static Settings of(Map<String, String> parameters) {
    return new Settings(parameters, 1, 5, true, false);
  }

  @Test
  void theRowsOfOtherBackendsRemain() {
    Settings wanted = of(Map.of("backend", "simd,opencl", "product", "SQUARE_64"));
    assertTrue(wanted.onDevice());
    assertEquals(Optional.of(of(Map.of("backend", "simd", "product", "SQUARE_64"))), wanted.withoutDevice());
  }

  @Test
  void nothingRemainsOfRowsOnTheDeviceAlone() {
    assertEquals(Optional.empty(), of(Map.of("backend", "opencl")).withoutDevice());
  }

  @Test
  void theDefaultBackendIsNoDevice() {
    assertFalse(of(Map.of("product", "SQUARE_64")).onDevice());
  }
}
