package dev.anyrate.bench.peak;

import dev.anyrate.bench.Flags;
import dev.anyrate.bench.Measured;
import dev.anyrate.bench.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Memory traffic of one core on arrays that no cache holds, after STREAM (McCalpin 1995, <https://www.cs.virginia.edu/stream/>). What the hardware reads before it writes is not counted.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {Flags.QUIET, "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class Bandwidth implements Measured {
  private static final int FLOATS = 1 << 25; // 128 MiB an array

  /// The two loops.
  public enum Loop {
    /// a = b
    COPY(2),
    /// a = b + s·c
    TRIAD(3);

    private final int arrays;

    Loop(int arrays) {
      this.arrays = arrays;
    }
  }

  /// Which loop.
  @Param
  public Loop loop;

  private final float[] a = new float[FLOATS];
  private final float[] b = new float[FLOATS];
  private final float[] c = new float[FLOATS];
  private float scale = 3;

  @Override
  public Work work() {
    return Work.floatsMoved((double) loop.arrays * FLOATS);
  }

  /// What is timed.
  @Benchmark
  public float[] move() {
    switch (loop) {
      case COPY -> System.arraycopy(b, 0, a, 0, FLOATS);
      case TRIAD -> {
        float s = scale;
        for (int i = 0; i < FLOATS; i++) a[i] = b[i] + s * c[i];
      }
    }
    return a;
  }
}
