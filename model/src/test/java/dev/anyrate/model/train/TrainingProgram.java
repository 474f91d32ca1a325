package dev.anyrate.model.train;

import dev.anyrate.engine.Engine;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The small run as a program, on a checkpoint and a backend: starts it, or resumes it where its state is found.
///
/// It prints `epoch batch` after each step and goes on when it can read a byte, so that whoever started it knows where it is.
final class TrainingProgram {
  static final TrainingConfig CONFIG = SmallRun.config(Preset.INVARIANT).withEpochs(6);

  private TrainingProgram() {}

  public static void main(String[] arguments) {
    Path checkpoint = Path.of(arguments[0]);
    try (Engine engine = TestEngine.open(arguments[1]); TrainingSession session = session(engine, checkpoint)) {
      session.run(checkpoint, new Lockstep());
    }
  }

  private static TrainingSession session(Engine engine, Path checkpoint) {
    return Files.exists(TrainingState.besides(checkpoint))
        ? TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.empty())
        : TrainingSession.start(engine, SmallRun.DATA, CONFIG);
  }

  private static final class Lockstep implements TrainingListener {
    @Override
    public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
      System.out.println(epoch + " " + batch);
      try {
        if (System.in.read() < 0) throw new IllegalStateException("whoever started this has gone");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
