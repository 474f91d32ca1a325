package dev.anyrate.bench.data;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.bench.Flags;
import dev.anyrate.bench.Measured;
import dev.anyrate.bench.Work;
import dev.anyrate.bench.step.TrainedPreset;
import java.util.Arrays;
import java.util.Iterator;
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
import org.openjdk.jmh.annotations.Warmup;

/// The views of one batch, made by one loader thread: how fast batches come when nobody is slower than the loader.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {Flags.VECTORS, Flags.QUIET, Flags.NO_LOG, "-Xms1g", "-Xmx1g"})
public class LoaderBenchmark implements Measured {
  private static final int BATCHES = 16;

  /// Which views.
  @Param
  public TrainedPreset preset;

  private PairedTimeSeriesDataset pairs;
  private Iterator<PairedBatch> batches;
  private int epoch;

  @Override
  public Work work() {
    int series = 2 * preset.pairs();
    return Work.floatsMoved(2.0 * series * TrainedPreset.LENGTH).ofSeries(series);
  }

  /// Makes the series that the views are of, and checks that equal epochs are equal.
  @Setup(Level.Trial)
  public void open() {
    pairs = preset.views(SyntheticData.create(BATCHES * preset.pairs(), TrainedPreset.LENGTH, 1, 4, 42), preset.pairs());
    if (!Arrays.equals(pairs.epoch(1).iterator().next().view1(), pairs.epoch(1).iterator().next().view1())) {
      throw new IllegalStateException("loader: two passes of the same epoch differ");
    }
    batches = pairs.epoch(++epoch).iterator();
  }

  /// What is timed.
  @Benchmark
  public PairedBatch load() {
    if (!batches.hasNext()) batches = pairs.epoch(++epoch).iterator();
    return batches.next();
  }
}
