package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A run of a second or less: three epochs of four batches, and the files it leaves.
final class SmallRun {
  static final int EPOCHS = 3;
  static final int BATCHES = 4;
  static final TimeSeriesSet DATA = SyntheticData.create(26, 40, 1, 3, 1);

  private SmallRun() {}

  /// With kernels where the preset has any: what embeddings are made of belongs to a checkpoint's bytes.
  static TrainingConfig config(Preset preset) {
    return config(preset, 0, preset == Preset.INVARIANT ? 84 : 0);
  }

  static TrainingConfig config(Preset preset, int compact, int kernels) {
    return new TrainingConfig(preset, new ModelSizes(6, 6, 6, compact, kernels), EPOCHS, 8, 0.5f,
        new Optimization(1e-2f, 0.1f, true, 1e-4f, 5, 0),
        1);
  }

  /// Trains from the beginning to the end.
  ///
  /// @return the checkpoint
  static Path train(Engine engine, TrainingConfig config, Path folder) {
    Path checkpoint = folder.resolve("model.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, DATA, config)) {
      session.run(checkpoint, TrainingListener.SILENT);
    }
    return checkpoint;
  }

  /// Goes on to the end.
  static void resume(Engine engine, Path checkpoint) {
    try (TrainingSession session = TrainingSession.resume(engine, DATA, checkpoint, Optional.empty())) {
      session.run(checkpoint, TrainingListener.SILENT);
    }
  }

  /// The model and the training state beside it are the same bytes in both.
  static void assertSameFiles(Path expected, Path actual) throws IOException {
    assertEquals(-1, Files.mismatch(expected, actual), "first different byte of " + actual);
    Path expectedState = TrainingState.besides(expected);
    Path actualState = TrainingState.besides(actual);
    assertEquals(-1, Files.mismatch(expectedState, actualState), "first different byte of " + actualState);
  }
}
