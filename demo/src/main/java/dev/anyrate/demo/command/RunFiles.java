package dev.anyrate.demo.command;

import dev.anyrate.model.io.AtomicFile;
import dev.anyrate.model.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The three files of a training run, by the name of its checkpoint. None of another run is replaced unless the user says so.
///
/// @param checkpoint the model, written when training has ended
record RunFiles(Path checkpoint) {
  private static final String STATE_EXTENSION = ".training.safetensors";

  /// Refuses a name or a place that is none, before the work begins.
  void requireWritable() {
    OutputFile.require(checkpoint, ".safetensors");
    if (checkpoint.toString().toLowerCase(Locale.ROOT).endsWith(STATE_EXTENSION)) {
      throw new IllegalArgumentException("--out " + checkpoint
          + ": is the name of a training state, which another run is resumed from; give a name without '.training'");
    }
    AtomicFile.requireWritable(state());
    AtomicFile.requireWritable(settings());
  }

  /// Refuses to replace what stands here.
  ///
  /// @param config settings that the user gave, which are not replaced anyway; null for none
  void requireNone(Path config) {
    if (Files.exists(checkpoint)) refuse(checkpoint, "a checkpoint of this name exists");
    if (Files.exists(state())) refuse(state(), "the state of a run of this name exists");
    if (Files.exists(settings()) && !isSame(settings(), config)) {
      throw new IllegalArgumentException("--out " + checkpoint + ": " + settings()
          + ", where the settings of the run would be written, exists; give it by --config, or another name by --out, or replace it with --overwrite");
    }
  }

  private void refuse(Path file, String why) {
    throw new IllegalArgumentException("--out " + checkpoint + ": " + why + (file.equals(checkpoint) ? "" : ", " + file)
        + "; go on with --resume " + checkpoint + ", give another name, or replace it with --overwrite");
  }

  /// Writes the settings in effect, unless the user's own are in that place: these have comments, and are in force anyway.
  ///
  /// @param config   settings that the user gave; null for none
  /// @param settings values by the names of options, without the dashes
  void write(Path config, Map<String, Object> settings) {
    if (!isSame(settings(), config)) SettingsFile.write(settings(), settings);
  }

  /// Whether this is the run whose checkpoint has that name.
  boolean isOf(Path other) {
    return isSame(checkpoint, other);
  }

  private Path state() {
    return TrainingState.besides(checkpoint);
  }

  private Path settings() {
    return SettingsFile.besides(checkpoint);
  }

  private static boolean isSame(Path one, Path other) {
    return other != null && one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
