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

/// Embeddings of series, by the call that users make.
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
    return new Encoding(model, set);
  }

  private static final class Encoding implements Call {
    private final ContrastiveModel model;
    private final TimeSeriesSet set;
    private float[][] embeddings; // [N, E]

    Encoding(ContrastiveModel model, TimeSeriesSet set) {
      this.model = model;
      this.set = set;
    }

    @Override
    public void run() {
      embeddings = model.encode(set);
    }

    @Override
    public float[] result() {
      int size = embeddings[0].length;
      float[] all = new float[embeddings.length * size];
      for (int i = 0; i < embeddings.length; i++) System.arraycopy(embeddings[i], 0, all, i * size, size);
      return all;
    }
  }
}
