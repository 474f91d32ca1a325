package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.opencl.OpenClProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The backend of devices by the command line.
class OpenClOptionTest {
  @TempDir
  private Path folder;
  private Workplace work;

  @BeforeEach
  void openWorkplace() {
    work = new Workplace(folder);
  }

  @AfterEach
  void forgetTheDevice() {
    System.clearProperty(OpenClProvider.DEVICE_PROPERTY);
    System.clearProperty(OpenClProvider.TIMES_PROPERTY);
  }

  private static void requireADevice() {
    boolean there = new OpenClProvider().availability() instanceof Available;
    if ("true".equals(System.getenv("CI"))) assertTrue(there, "a build server has PoCL");
    Assumptions.assumeTrue(there, "no OpenCL device here; apt install pocl-opencl-icd");
  }

  @Test
  void aDeviceThatIsNotThereIsRefusedBeforeAnythingIsWritten() {
    Path data = work.dataset("Small", 20, 2);
    Path out = folder.resolve("model.safetensors");
    Outcome.of("train", "--data", data, "--out", out, "--backend", "opencl", "--device", "abacus")
        .refused("anyrate: backend opencl cannot be used: ");
    assertTrue(Files.notExists(out));
  }

  @Test
  void trainingSaysWhatAStepMoves() {
    requireADevice();
    Path data = work.dataset("Small", 40, 2);
    Outcome run = Outcome
        .of("train", "--data", data, "--out", folder.resolve("model.safetensors"), "--kernels", 84, "--hidden", 4, "--epochs", 2,
            "--batch", 8, "--backend", "opencl", "--device", 0, "--verbose")
        .worked();
    assertTrue(
        run.err().stream()
            .anyMatch(line -> line.matches("anyrate: moved by a training step: [\\d,]+ bytes to the device, 4 back; .*; "
                + "device busy [\\d.]+ % of the time of a step, [\\d.]+ of [\\d.]+ ms, with \\d+ launches")),
        () -> run.err().toString());
  }

  @Test
  void doctorListsDevicesWithTheirLimits() {
    requireADevice();
    Outcome.of("doctor").succeeded().printed("device 0: ").printed("compute units");
  }
}
