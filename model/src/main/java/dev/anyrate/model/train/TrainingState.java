package dev.anyrate.model.train;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.contract.DataFingerprint;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.JsonText;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.TensorTransfer;
import dev.anyrate.model.layers.ModelState;
import dev.anyrate.model.optim.Optimizer;
import dev.anyrate.model.optim.WeightAverage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// All that a run needs to go on, in one file beside the checkpoint: weights and their average, optimiser state, settings, progress.
///
/// The weights are here too: so this one file is enough, the model need not be written before training has ended, and it does not matter when a process dies.
///
/// @param config          of the run
/// @param dataFingerprint of its TRAIN part
/// @param progress        how far it has come
/// @param file            weights and optimiser state
/// @param path            where that was read
public record TrainingState(TrainingConfig config, String dataFingerprint, Progress progress, SafeTensors file, Path path) {
  private static final String FORMAT = "anyrate-training/1";
  private static final String EXTENSION = ".safetensors";
  private static final String RATE_VIEWS = "rate_views"; // stands there only where it is false
  private static final String RATE_HZ = "rate_hz";
  private static final String ENDED = "ended"; // stands there only where it is true

  /// Where the state of a checkpoint is: `model.safetensors` has `model.training.safetensors` beside it.
  public static Path besides(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    String stem = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    return checkpoint.resolveSibling(stem + ".training" + EXTENSION);
  }

  static void write(Engine engine, Path checkpoint, TrainingConfig config, boolean rateViews, String dataFingerprint,
      double rateHz, Progress progress, ModelState model, Optimizer optimizer, Optional<WeightAverage> average) {
    var metadata = new HashMap<>(Map.of("format", FORMAT, "config", JsonText.write(config), "data", dataFingerprint, "progress",
        JsonText.write(progress), "steps", String.valueOf(optimizer.steps()), RATE_HZ, JsonText.write(rateHz)));
    if (!rateViews) metadata.put(RATE_VIEWS, "false");
    new SafeTensors(metadata, TensorTransfer.store(engine, tensors(model, optimizer, average))).write(besides(checkpoint));
  }

  /// Notes that the model which the run led to is written.
  static void sayEnded(Path checkpoint) {
    Path path = besides(checkpoint);
    SafeTensors file = SafeTensors.read(path);
    var metadata = new HashMap<>(file.metadata());
    metadata.put(ENDED, "true");
    new SafeTensors(metadata, file.tensors()).write(path);
  }

  /// @param checkpoint the model's file; its state is looked for beside it
  /// @throws CheckpointFormatException if the state is missing or damaged
  public static TrainingState read(Path checkpoint) {
    Path path = besides(checkpoint);
    SafeTensors file = SafeTensors.read(path);
    Map<String, String> metadata = file.metadata();
    try {
      if (!FORMAT.equals(metadata.get("format"))) {
        throw new CheckpointFormatException("the metadata says format " + metadata.get("format") + ", expected " + FORMAT
            + "; give the checkpoint of an 'anyrate train' run");
      }
      return new TrainingState(JsonText.read(metadata.getOrDefault("config", ""), TrainingConfig.class, "config"),
          metadata.getOrDefault("data", ""), JsonText.read(metadata.getOrDefault("progress", ""), Progress.class, "progress"),
          file, path);
    } catch (CheckpointFormatException problem) {
      throw problem.in(path);
    }
  }

  /// Whether the run is trained on views of several rates, as all are but one baseline.
  boolean rateViews() {
    return !"false".equals(file.metadata().get(RATE_VIEWS));
  }

  /// Whether the run made all of its epochs and wrote their model. A state of an older version does not say so.
  public boolean ended() {
    return "true".equals(file.metadata().get(ENDED));
  }

  /// Sampling rate of the training series, 0 if nobody said it; empty in a state of an older version, whose model knows.
  ///
  /// @throws CheckpointFormatException if it is no number
  public OptionalDouble rateHz() {
    String text = file.metadata().get(RATE_HZ);
    if (text == null) return OptionalDouble.empty();
    try {
      return OptionalDouble.of(JsonText.read(text, Double.class, RATE_HZ));
    } catch (CheckpointFormatException problem) {
      throw problem.in(path);
    }
  }

  /// @throws IllegalArgumentException if `train` is not the data of this run
  void requireData(TimeSeriesSet train) {
    if (!DataFingerprint.of(train).equals(dataFingerprint)) {
      throw new IllegalArgumentException(
          "resume: " + train.name() + " is not the data that this run was started with; give the same"
              + " --data, or leave out --resume to start a new run");
    }
  }

  /// Brings a fresh model and optimiser to where the run was.
  ///
  /// @return how far that is
  /// @throws CheckpointFormatException if the file does not fit the model, or its numbers contradict each other
  Progress restore(Engine engine, ModelState model, Optimizer optimizer, Optional<WeightAverage> average, int batchesPerEpoch) {
    try {
      TensorTransfer.restore(engine, file, tensors(model, optimizer, average));
      optimizer.resumeAt(steps(batchesPerEpoch));
      return progress;
    } catch (CheckpointFormatException problem) {
      throw problem.in(path);
    }
  }

  /// Steps of the optimiser, one for each batch: its moments and the learning rate follow from their count.
  private int steps(int batchesPerEpoch) {
    int steps = steps();
    long batches = (progress.epoch() - 1L) * batchesPerEpoch + progress.batch();
    if (steps == batches) return steps;
    throw new CheckpointFormatException("the metadata says " + steps + " steps, but its progress is " + batches
        + " batches; the file is damaged, use a whole copy");
  }

  private int steps() {
    try {
      return Integer.parseInt(file.metadata().getOrDefault("steps", ""));
    } catch (NumberFormatException _) {
      throw new CheckpointFormatException("the metadata has no count of steps; the file was changed by another program");
    }
  }

  private static Map<String, Tensor> tensors(ModelState model, Optimizer optimizer, Optional<WeightAverage> average) {
    var all = new LinkedHashMap<>(model.tensors());
    all.putAll(optimizer.state());
    average.ifPresent(weights -> all.putAll(weights.state()));
    return all;
  }
}
