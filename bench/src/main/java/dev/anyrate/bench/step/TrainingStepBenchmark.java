package dev.anyrate.bench.step;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.bench.BackendUnderTest;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.optim.Adam;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One training step of the reference CNN: 128 pairs of length 128, 128 channels, embeddings of 64; loss, gradients and Adam, on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = {BackendUnderTest.VECTOR_MODULE, BackendUnderTest.NATIVE_ACCESS})
public class TrainingStepBenchmark {
  private static final int PAIRS = 128;
  private static final int LENGTH = 128;

  @Param({"simd"})
  private String backend;

  private Engine engine;
  private ContrastiveModel model;
  private Adam adam;
  private PairedBatch batch;

  /// Made by JMH.
  public TrainingStepBenchmark() {}

  @Setup(Level.Trial)
  public void open() {
    engine = BackendUnderTest.open(backend);
    model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 128, 64), 42);
    adam = Adam.adam(engine, model.parameters(), 1e-3f);
    batch = PairedTimeSeriesDataset.builder(SyntheticData.create(PAIRS, LENGTH, 1, 4, 42)).batchSize(PAIRS).seed(42).build()
        .epoch(1).iterator()
        .next();
  }

  @Benchmark
  public float step() {
    try (Tape tape = engine.tape()) {
      Tensor loss = model.contrastiveLoss(tape, batch, 0.5f);
      adam.step(tape.backward(loss));
      return engine.toHost(loss)[0];
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    adam.close();
    model.close();
    engine.close();
  }
}
