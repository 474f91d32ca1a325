package dev.anyrate.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.bench.Work;
import dev.anyrate.engine.kernel.opencl.DevicePeak;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static Outcome step(String preset, String threads, double seconds) {
    return new Outcome("step.TrainingStepBenchmark", Map.of("preset", preset, "threads", threads), Work.flops(1e9).ofSeries(256),
        seconds,
        seconds, 0.05, 100);
  }

  @Test
  void rowsShowRateAndShareOfPeak() {
    var outcome = new Outcome("kernel.MatmulBenchmark", Map.of("product", "SQUARE_64"), Work.flops(1e6), 20e-6, 19e-6, 0.05, 12);
    assertEquals("| kernel.Matmul | product=SQUARE_64 | 20.0 µs | 50.0 GFLOP/s | 0.50 |  | 12 B | 5 % |",
        ResultTable.row(outcome, new Peak(100e9, 10e9)));
  }

  @Test
  void rowsOfADeviceAreSharesOfItsOwnPeak() {
    var use = new DeviceUse(1024, 4, 300, 15e-6, 0.75);
    var outcome = new Outcome("kernel.MatmulBenchmark", Map.of("backend", "opencl"), Work.flops(1e6), 20e-6, 19e-6, 0.05, 12,
        Optional.of(use));
    var peak = new Peak(100e9, 10e9, Optional.of(new DevicePeak("a card", 500e9, 50e9)));
    assertEquals("| kernel.Matmul | backend=opencl | 20.0 µs | 50.0 GFLOP/s | 0.10 |  | 12 B | 5 % |",
        ResultTable.row(outcome, peak));
    assertEquals(Optional.of("| kernel.Matmul | backend=opencl | 1,024 B | 4 B | 300 | 15.0 µs, 75.0 % |"),
        ResultTable.deviceRow(outcome));
    assertEquals(Optional.empty(), ResultTable.deviceRow(step("REFERENCE", "1", 0.6)));
  }

  @Test
  void threadsAreComparedWithinTheSamePreset() {
    List<Outcome> outcomes = List.of(step("REFERENCE", "1", 0.6), step("REFERENCE", "2", 0.3), step("INVARIANT", "2", 0.1));
    assertEquals(List.of("two threads against one, step.TrainingStepBenchmark {preset=REFERENCE}: 2.00 times as fast"),
        ResultTable.threadRatios(outcomes));
  }
}
