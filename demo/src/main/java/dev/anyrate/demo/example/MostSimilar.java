package dev.anyrate.demo.example;

import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.CosineSimilarity;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What embeddings are for: finds a recording again among others, whatever the rate of each.
public final class MostSimilar {
  private MostSimilar() {}

  /// @param arguments a checkpoint, a file of series to search, a file whose first series is looked for
  public static void main(String[] arguments) {
    TimeSeriesSet archive = SeriesFiles.read(Path.of(arguments[1]));
    TimeSeries recording = SeriesFiles.read(Path.of(arguments[2])).get(0);
    System.out.println("series " + (1 + find(Path.of(arguments[0]), archive, recording)));
  }

  /// @param checkpoint that `train` wrote
  /// @return index in the archive
  public static int find(Path checkpoint, TimeSeriesSet archive, TimeSeries recording) {
    // README begin
    try (Engine engine = Engine.open(); var model = ContrastiveModel.load(engine, checkpoint)) {
      float[][] known = model.encode(archive); // make them once and keep them, in a vector index if they are many
      float[] wanted = model.encode(recording);
      return IntStream.range(0, known.length).boxed()
          .max(Comparator.comparingDouble(n -> CosineSimilarity.of(known[n], wanted))).orElseThrow();
    }
    // README end
  }
}
