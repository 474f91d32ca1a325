package dev.anyrate.bench.step;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.autograd.Program;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.train.BatchInput;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// One training step as `TrainingSession` makes it: loss, gradients, clipping, AdamW. The batch is made already, see [dev.anyrate.bench.data.LoaderBenchmark], and is brought to the engine in each step.
@Warmup(iterations = 4, time = 1500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
public class TrainingStepBenchmark extends EngineBenchmark {
  /// What is trained.
  @Param
  public TrainedPreset preset;

  /// How activations are kept for the backward pass.
  @Param
  public Precision precision;

  /// Threads of the engine. The table ends with the ratio of both.
  @Param({"1", "2"})
  public int threads;

  @Override
  protected int batch() {
    return preset.pairs();
  }

  @Override
  protected int threads() {
    return threads;
  }

  @Override
  protected double tolerance() {
    return 1e-4; // of two losses, the second after an update that divides rounding by rounding where a gradient is near 0
  }

  @Override
  protected Work work(int pairs) {
    return preset.trainingStep(pairs);
  }

  @Override
  protected Call prepare(Engine engine, int pairs) {
    TimeSeriesSet series = preset.series(pairs);
    TrainingConfig config = preset.training(series, pairs);
    PairedBatch batch = preset.views(series, pairs).epoch(1).iterator().next();
    var model = ContrastiveModel.create(engine, preset.model(), Optional.empty(), config.seed());
    var adam = Adam.adamW(engine, model.parameters(), config.optimization().learningRate(), config.optimization().weightDecay());
    var clipping = new GradientClipping(engine, model.parameters(),
        config.optimization().clip() == 0 ? Float.MAX_VALUE : config.optimization().clip());
    var input = new BatchInput(engine, batch);
    Program step = program(engine, model, input, config.temperature());
    float[] losses = new float[2]; // before the last update, and after it
    float[] loss = new float[1];
    return Call.of(() -> {
      input.write(batch);
      step.run();
      clipping.clip(step.gradients());
      engine.kernels().transfer().download(step.output().storage(), loss, 0);
      losses[0] = loss[0];
      adam.step(step.gradients());
    }, () -> {
      try (Tape tape = engine.tape()) {
        losses[1] = engine.toHost(model.contrastiveLoss(tape, batch, config.temperature()))[0];
      }
      return losses.clone();
    });
  }

  /// The step, recorded once.
  private Program program(Engine engine, ContrastiveModel model, BatchInput input, float temperature) {
    try (Recording recording = engine.recording(engine.stepMemory(), precision)) {
      return recording.differentiate(model.contrastiveLoss(recording, input.views(), input.lengths(), temperature));
    }
  }
}
