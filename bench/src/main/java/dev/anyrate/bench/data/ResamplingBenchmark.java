package dev.anyrate.bench.data;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.Resampler;
import dev.anyrate.bench.Agreement;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Flags;
import dev.anyrate.bench.Measured;
import dev.anyrate.bench.Work;
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

/// Resamples 256 series of 128 samples.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.QUIET)
public class ResamplingBenchmark implements Measured {
  private static final int SERIES = 256;
  private static final int LENGTH = 128;

  /// How.
  @Param({"CUBIC", "LINEAR", "AREA"})
  public ResampleMethod method;

  /// Samples wanted.
  @Param({"91", "181"})
  public int samples;

  private Resampler resampler;
  private float[][] series;
  private float[] out;
  private double[] work;

  @Override
  public Work work() {
    return Work.floatsMoved((double) SERIES * (LENGTH + samples)).ofSeries(SERIES);
  }

  /// Checks that a straight line stays one between its ends, which all these methods promise.
  @Setup(Level.Trial)
  public void open() {
    resampler = method.resampler();
    out = new float[samples];
    work = new double[resampler.workLength(LENGTH, samples)];
    float[] line = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) line[i] = 1 + i;
    resampler.resample(line, LENGTH, out, samples, work);
    float[] expected = new float[samples - 2];
    float[] found = new float[samples - 2];
    for (int i = 1; i < samples - 1; i++) {
      expected[i - 1] = 1 + (float) i * (LENGTH - 1) / (samples - 1);
      found[i - 1] = out[i];
    }
    Agreement.require("resampling by " + method.id(), found, expected, 1e-3);

    series = new float[SERIES][];
    for (int i = 0; i < SERIES; i++) series[i] = Inputs.uniform(i, LENGTH);
  }

  /// What is timed.
  @Benchmark
  public float[] resample() {
    for (float[] one : series) resampler.resample(one, LENGTH, out, samples, work);
    return out;
  }
}
