package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedEpoch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.model.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A training step on a device moves its batch there, and two numbers back: the loss, and the norm of the gradients, by which a run that leads nowhere is stopped.
class DeviceTransferTest {
  @ParameterizedTest
  @EnumSource
  void aStepMovesItsBatchAndTwoNumbers(Preset preset) {
    BackendUnderTest.require("opencl");
    TrainingConfig config = SmallRun.config(preset);
    List<BytesMoved> moved = new ArrayList<>(); // after each step of the first epoch
    try (Engine engine = TestEngine.open("opencl");
        TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
      session.run(new TrainingListener() {
        @Override
        public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
          if (epoch == 1) moved.add(engine.kernels().bytesMoved());
        }

        @Override
        public void epoch(int epoch, double loss, double chance, double seconds) {}

        @Override
        public void warning(String message) {}
      });
    }
    List<Long> batchBytes = batchBytes(preset, config);
    assertEquals(batchBytes.size(), moved.size());
    assertFalse(moved.size() < 2, "a single step says nothing");
    for (int i = 1; i < moved.size(); i++) {
      assertEquals(new BytesMoved(batchBytes.get(i), 2L * Float.BYTES), moved.get(i).since(moved.get(i - 1)), "step " + i);
    }
  }

  /// Bytes of both views and their lengths, for each batch of the first epoch.
  private static List<Long> batchBytes(Preset preset, TrainingConfig config) {
    List<Long> bytes = new ArrayList<>();
    var pairs = preset.pairs(SmallRun.DATA, preset.preparation(SmallRun.DATA), config);
    try (PairedEpoch batches = pairs.epoch(1, 0)) {
      for (PairedBatch batch : batches) {
        bytes.add((long) Float.BYTES * (batch.view1().length + batch.view2().length + 2 * batch.batchSize()));
      }
    }
    return bytes;
  }
}
