package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.Engine;
import java.nio.file.Path;

/// Ends a run in the middle, as far as one JVM can.
final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Starts a run that ends after some steps; its state is that of the epoch before, and it has no model yet.
  ///
  /// @return its checkpoint
  static Path after(Engine engine, int steps, Preset preset, Path folder) {
    Path checkpoint = folder.resolve("interrupted after " + steps + ".safetensors");
    TrainingListener listener = atStep(steps, () -> {
      throw new Interrupted();
    });
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(preset))) {
      assertThrows(Interrupted.class, () -> session.run(checkpoint, listener));
    }
    return checkpoint;
  }

  /// @param last step of the run, from 1, in which the action is done
  static TrainingListener atStep(int last, Runnable action) {
    return new TrainingListener() {
      @Override
      public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
        if ((epoch - 1) * batchesPerEpoch + batch == last) action.run();
      }
    };
  }
}
