package dev.anyrate.demo.example;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingListener;
import dev.anyrate.model.train.TrainingSession;
import java.nio.file.Path;
import java.util.Arrays;

/// What the commands `train` and `embed` do, for series that are in memory.
public final class OwnArrays {
  private OwnArrays() {}

  /// @param arguments the checkpoint to write
  public static void main(String[] arguments) {
    float[][][] recordings = new float[50][1][120];
    for (int i = 0; i < recordings.length; i++) {
      for (int t = 0; t < 120; t++) recordings[i][0][t] = (float) Math.sin((1 + 0.02 * i) * 0.1 * t);
    }
    System.out.println(embed(recordings, Path.of(arguments[0])).length + " embeddings");
  }

  /// @param recordings `[series][channels][samples]`; the series may differ in length
  /// @param checkpoint where the trained model is kept
  /// @return one embedding for each series
  public static float[][] embed(float[][][] recordings, Path checkpoint) {
    // README begin
    TimeSeriesSet series = TimeSeriesSet.of("mine", Arrays.stream(recordings).map(TimeSeries::of).toList()); // [series][channels][samples]
    TrainingConfig config = Preset.INVARIANT.defaults(series, Preset.INVARIANT.batch(), 42); // pairs in a batch, seed
    try (Engine engine = Engine.open()) {
      try (var session = TrainingSession.start(engine, series, config)) {
        session.run(checkpoint, TrainingListener.SILENT); // writes the checkpoint, as `train` does
      }
      try (var model = ContrastiveModel.load(engine, checkpoint)) {
        return model.encode(series); // several threads may do so at once: they take turns
      }
    }
    // README end
  }
}
