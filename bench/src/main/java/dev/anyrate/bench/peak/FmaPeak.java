package dev.anyrate.bench.peak;

import dev.anyrate.bench.Flags;
import dev.anyrate.bench.Measured;
import dev.anyrate.bench.Work;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Fused multiply-adds on registers alone, at the widest vectors of the machine: the peak of one core.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {Flags.VECTORS, Flags.QUIET})
public class FmaPeak implements Measured {
  private static final int FMA_OF_A_SUM = 1 << 18; // in one call, at any width
  // Two pipes with a latency of 4 or 5 cycles need 10 sums under way; 12 and their two operands still fit in the 16 registers of AVX2.
  private static final int SUMS = 12;

  /// Not final, so that the compiler cannot fold the loop.
  private float factor = 0.999f;
  private float term = 0.001f;

  @Override
  public Work work() {
    return Work.flops(2.0 * SUMS * FMA_OF_A_SUM);
  }

  /// What is timed.
  @Benchmark
  public float multiplyAdd() {
    return VectorLoop.run(FMA_OF_A_SUM, factor, term);
  }

  /// Apart from the benchmark, whose class is also loaded where the Vector API is not: by the program that makes the table.
  private static final class VectorLoop {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// Sums grow as those of a product do. With the sum as a factor, `s.fma(f, t)`, the instruction would overwrite t, which must be copied before: twice the instructions, and on a Zen 3
    /// 82 GFLOP/s instead of 98, or 63 while another thread shares the core.
    static float run(int count, float factor, float term) {
      FloatVector f = FloatVector.broadcast(SPECIES, factor);
      FloatVector t = FloatVector.broadcast(SPECIES, term);
      FloatVector s0 = t, s1 = t, s2 = t, s3 = t, s4 = t, s5 = t, s6 = t, s7 = t, s8 = t, s9 = t, s10 = t, s11 = t;
      for (int i = 0; i < count; i += LANES) {
        s0 = f.fma(t, s0);
        s1 = f.fma(t, s1);
        s2 = f.fma(t, s2);
        s3 = f.fma(t, s3);
        s4 = f.fma(t, s4);
        s5 = f.fma(t, s5);
        s6 = f.fma(t, s6);
        s7 = f.fma(t, s7);
        s8 = f.fma(t, s8);
        s9 = f.fma(t, s9);
        s10 = f.fma(t, s10);
        s11 = f.fma(t, s11);
      }
      FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5)).add(s6.add(s7)).add(s8.add(s9)).add(s10.add(s11));
      return sum.reduceLanes(VectorOperators.ADD);
    }
  }
}
