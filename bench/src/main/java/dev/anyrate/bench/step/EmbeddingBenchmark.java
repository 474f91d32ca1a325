package dev.anyrate.bench.step;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// Embeddings of series by a checkpoint of `train` with its defaults, as a user's program makes them: preparation, encoder, fixed kernels, whitening.
///
/// Operations are those of encoder and linear maps. The counts of samples above thresholds, which are all that fixed kernels do, are none.
@Warmup(iterations = 4, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class EmbeddingBenchmark extends EngineBenchmark {
  private static final TrainedPreset PRESET = TrainedPreset.INVARIANT;
  private static final int TRAINED_ON = 16; // series

  private Path checkpoint; // fitted once, by the fastest engine there is

  /// Series in one call.
  @Param({"256", "1"})
  public int series;

  @Override
  protected int batch() {
    return series;
  }

  /// A map of thousands of shares adds up their means, which its bias takes away again, and the rounding stays: 1.1e-5 between `simd` and `scalar`.
  @Override
  protected double tolerance() {
    return 5e-5;
  }

  @Override
  protected Work work(int batch) {
    ModelConfig model = config();
    double maps = model.embeddingSize() / 2.0 * (model.featureSize() + model.kernels()); // each half has a map of its own
    return Work.flops(PRESET.encoding(batch).amount() + 2 * maps * batch).ofSeries(batch);
  }

  private static ModelConfig config() {
    return Preset.INVARIANT.model(1, training());
  }

  private static TrainingConfig training() {
    return PRESET.training(PRESET.series(TRAINED_ON), PRESET.pairs());
  }

  @Override
  protected Call prepare(Engine engine, int batch) {
    if (checkpoint == null) checkpoint = fitted();
    ContrastiveModel model = ContrastiveModel.load(engine, checkpoint);
    TimeSeriesSet set = PRESET.series(batch);
    return Call.ofRows(() -> model.encode(set));
  }

  private static Path fitted() {
    TimeSeriesSet train = PRESET.series(TRAINED_ON);
    try (Engine engine = Engine.open();
        var model = ContrastiveModel.create(engine, config(), Preset.INVARIANT.preparation(train, training()),
            42)) {
      model.fitScale(train);
      model.fitWhitening(train);
      Path file = Files.createTempFile("anyrate-bench", ".safetensors");
      file.toFile().deleteOnExit();
      model.save(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
