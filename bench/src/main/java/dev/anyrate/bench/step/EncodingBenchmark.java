package dev.anyrate.bench.step;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What encoders give for series, from arrays to arrays, without the preparation, whitening and fixed kernels of [EmbeddingBenchmark].
@Warmup(iterations = 4, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class EncodingBenchmark extends EngineBenchmark {
  /// Which encoder.
  @Param
  public TrainedPreset preset;

  /// Series in one call.
  @Param({"256", "1"})
  public int series;

  /// Threads of the engine. The table ends with the ratio of both.
  @Param({"1", "2"})
  public int threads;

  @Override
  protected int batch() {
    return series;
  }

  @Override
  protected int threads() {
    return threads;
  }

  @Override
  protected Work work(int batch) {
    return preset.encoding(batch);
  }

  @Override
  protected Call prepare(Engine engine, int batch) {
    var model = ContrastiveModel.create(engine, preset.model(), Optional.empty(), 42);
    TimeSeriesSet set = preset.series(batch);
    return Call.ofRows(() -> model.encode(set));
  }
}
