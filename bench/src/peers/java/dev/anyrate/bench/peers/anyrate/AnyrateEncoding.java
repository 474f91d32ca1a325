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

/// Embeddings of series from arrays to arrays, by the encoder alone: libtorch has no whitening and no fixed kernels to compare with.
final class AnyrateEncoding {
  private AnyrateEncoding() {}

  static Call prepare(Engine engine, TrainedPreset preset, int batch) {
    ContrastiveModel model = AnyrateTrainingStep.model(engine, preset);
    List<TimeSeries> series = IntStream.range(0, batch).mapToObj(i -> TimeSeries.of(Inputs.uniform(i, TrainedPreset.LENGTH))).toList();
    TimeSeriesSet set = TimeSeriesSet.of("inputs", series);
    return Call.ofRows(() -> model.encode(set));
  }
}
