package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedEpoch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A training step on a device moves its batch there, and one number back. In chunks each batch goes there twice, for the two passes. Learning rate and count of steps, which change with every step, are arguments of kernels.
class DeviceTransferTest {
  private static final EncoderOptions CNN = new EncoderOptions.Cnn();
  private static final EncoderOptions TRANSFORMER = new EncoderOptions.Transformer(1, 2, 8, 4, 0);
  private static final EncoderOptions WITH_DROPOUT = new EncoderOptions.Transformer(1, 2, 8, 4, 0.1f);

  private static Engine engine;

  @BeforeAll
  static void open() {
    BackendUnderTest.require("opencl");
    engine = TestEngine.open("opencl");
  }

  @AfterAll
  static void close() {
    if (engine != null) engine.close();
  }

  /// Each preset has another schedule of the learning rate; the small run clips gradients at 5.
  static Stream<TrainingConfig> configurations() {
    return Stream.of(Preset.values()).map(preset -> SmallRun.config(preset, 0, 0))
        .flatMap(config -> Stream.of(CNN, TRANSFORMER, WITH_DROPOUT).map(config::withEncoder))
        .flatMap(config -> Stream
            .of(config.optimization(), config.optimization().withAveraging(0.9f), config.optimization().withClip(0))
            .map(config::withOptimization))
        .flatMap(config -> config.encoder().equals(WITH_DROPOUT) ? Stream.of(config) : Stream.of(config, config.withChunk(3)));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aStepMovesItsBatchAndOneNumber(TrainingConfig config) {
    List<BytesMoved> moved = new ArrayList<>(); // after each step of the first epoch
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config.withEpochs(1))) {
      assertThrows(Interrupted.class, () -> session.run(new TrainingListener() {
        @Override
        public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
          moved.add(engine.kernels().bytesMoved());
          if (batch == batchesPerEpoch) throw new Interrupted(); // the end of a run takes longer than these steps
        }
      }));
    }
    List<Long> batchBytes = batchBytes(config);
    assertEquals(batchBytes.size(), moved.size());
    assertTrue(moved.size() > 1, "a single step says nothing");
    for (int i = 1; i < moved.size(); i++) {
      assertEquals(new BytesMoved(batchBytes.get(i), Float.BYTES), moved.get(i).since(moved.get(i - 1)), "step " + i);
    }
  }

  /// Bytes of both views and their lengths, for each batch of the first epoch; twice with chunks.
  private static List<Long> batchBytes(TrainingConfig config) {
    List<Long> bytes = new ArrayList<>();
    var pairs = config.preset().pairs(SmallRun.DATA, config.preset().preparation(SmallRun.DATA, config), config);
    try (PairedEpoch batches = pairs.epoch(1, 0)) {
      for (PairedBatch batch : batches) {
        long passes = config.chunk() == 0 ? 1 : 2;
        bytes.add(passes * Float.BYTES * (batch.view1().length + batch.view2().length + 2 * batch.batchSize()));
      }
    }
    return bytes;
  }
}
