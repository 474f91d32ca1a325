package dev.anyrate.bench.peers.anyrate;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import java.util.List;
import java.util.stream.IntStream;

/// Embeddings of series by the call that users make: from arrays to arrays.
final class AnyrateEncoding {
  private AnyrateEncoding() {}

  static Call prepare(Engine engine, TrainedPreset preset, int batch) {
    ContrastiveModel model = AnyrateTrainingStep.model(engine, preset);
    List<TimeSeries> series = IntStream.range(0, batch).mapToObj(i -> TimeSeries.of(Inputs.uniform(i, TrainedPreset.LENGTH))).toList();
    TimeSeriesSet set = TimeSeriesSet.of("inputs", series);
    float[][][] embeddings = new float[1][][];
    return Call.of(() -> embeddings[0] = model.encode(set), () -> flat(embeddings[0]));
  }

  private static float[] flat(float[][] rows) {
    int size = rows[0].length;
    float[] all = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, all, i * size, size);
    return all;
  }
}
