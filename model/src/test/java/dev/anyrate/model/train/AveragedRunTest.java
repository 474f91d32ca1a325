package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.StoredTensor;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs with averaged weights and batches in chunks.
class AveragedRunTest {
  private static final String WEIGHT = "encoder.blocks.0.conv1.weight";
  private static final TrainingConfig UNAVERAGED = SmallRun.config(Preset.INVARIANT).withChunk(3);
  private static final TrainingConfig CONFIG = UNAVERAGED.withOptimization(UNAVERAGED.optimization().withAveraging(0.9f));

  private static Engine engine;

  @TempDir
  private Path folder;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /// Ends a run in the middle.
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void resumedItEndsInTheSameBytes() throws IOException {
    Path whole = SmallRun.train(engine, CONFIG, folder);
    Path checkpoint = folder.resolve("interrupted.safetensors");
    for (int batches : new int[] {2, 3}) { // saved within an epoch, and twice
      try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, CONFIG)) {
        assertThrows(Interrupted.class, () -> session.run(checkpoint, savingAfter(batches, session, checkpoint)));
      }
      SmallRun.resume(engine, checkpoint);
      SmallRun.assertSameFiles(whole, checkpoint);
    }
  }

  private static TrainingListener savingAfter(int batches, TrainingSession session, Path checkpoint) {
    return new TrainingListener() {
      @Override
      public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
        if (epoch != 2 || batch != batches) return;
        session.save(checkpoint);
        throw new Interrupted();
      }
    };
  }

  @Test
  void theCheckpointHoldsTheAverageAndTheStateBoth() {
    Path checkpoint = SmallRun.train(engine, CONFIG, folder);
    float[] kept = values(checkpoint, WEIGHT);
    Path state = TrainingState.besides(checkpoint);
    assertArrayEquals(values(state, "average." + WEIGHT), kept);
    assertFalse(Arrays.equals(values(state, WEIGHT), kept), "the weights of the last step are others");
  }

  /// The counter of dropout's draws is no weight: there is no such thing as a mean of it.
  @Test
  void theCountOfDrawsIsNotAveraged() {
    TrainingConfig config = SmallRun.config(Preset.INVARIANT).withEncoder(new EncoderOptions.Transformer(1, 2, 8, 4, 0.1f))
        .withOptimization(CONFIG.optimization());
    Path checkpoint = SmallRun.train(engine, config, folder);
    float[] draws = values(TrainingState.besides(checkpoint), "encoder.dropout.draws");
    assertTrue(draws[0] >= SmallRun.EPOCHS * SmallRun.BATCHES, "drawn " + draws[0] + " times");
    assertArrayEquals(draws, values(checkpoint, "encoder.dropout.draws"));
  }

  private static float[] values(Path file, String name) {
    return ((StoredTensor.Float32) SafeTensors.read(file).tensors().get(name)).values();
  }

  @Test
  void theModelOfAFinishedRunIsThatOfTheCheckpoint() {
    Path checkpoint = folder.resolve("model.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, CONFIG)) {
      session.run(checkpoint, TrainingListener.SILENT);
      try (ContrastiveModel loaded = ContrastiveModel.load(engine, checkpoint)) {
        float[][] expected = loaded.encode(SmallRun.DATA);
        float[][] actual = session.model().encode(SmallRun.DATA);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i]);
      }
    }
  }

  @Test
  void theMemoryIsEstimatedBeforehand() {
    for (int chunk : new int[] {0, 3}) {
      var config = new TrainingConfig(Preset.REFERENCE, new ModelSizes(32, 16, 16), 1, 13, 0.5f, Optimization.fixed(1e-3f), 1)
          .withChunk(chunk);
      TimeSeriesSet series = SyntheticData.create(26, 200, 1, 2, 1); // large enough that buffers of a few numbers do not count
      try (Engine fresh = TestEngine.open(); TrainingSession session = TrainingSession.start(fresh, series, config)) {
        session.run(TrainingListener.SILENT);
        double measured = ((HeapMemory) fresh.kernels().memory()).peakBytesInUse();
        assertEquals(1, session.memory().bytes() / measured, 0.25, "chunk " + chunk + ": estimated " + session.memory().bytes()
            + " bytes, measured " + measured);
      }
    }
  }
}
