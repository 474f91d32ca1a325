package dev.anyrate.bench.kernel;

import dev.anyrate.bench.BackendUnderTest;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.SplittableRandom;
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

/// C = A·B of square matrices, on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {BackendUnderTest.VECTOR_MODULE, BackendUnderTest.NATIVE_ACCESS})
public class MatmulBenchmark {
  @Param({"simd", "scalar"})
  private String backend;

  @Param({"64", "207", "512"})
  private int size;

  private Engine engine;
  private Tensor a; // [size, size]
  private Tensor b; // [size, size]
  private Tensor c; // [size, size]

  /// Made by JMH.
  public MatmulBenchmark() {}

  @Setup(Level.Trial)
  public void open() {
    engine = BackendUnderTest.open(backend);
    a = engine.tensor(Shape.of(size, size), random(1));
    b = engine.tensor(Shape.of(size, size), random(2));
    c = engine.full(Shape.of(size, size), 0);
    multiply();
    BackendUnderTest.requireAgreement("matmul", engine.toHost(c), scalarProduct(), 1e-5);
  }

  private float[] scalarProduct() {
    try (Engine scalar = BackendUnderTest.open("scalar")) {
      Tensor result = scalar.full(Shape.of(size, size), 0);
      scalar.kernels().matmul().matmul(1, false, false, size, size, size, scalar.tensor(a.shape(), random(1)).storage(),
          scalar.tensor(b.shape(), random(2)).storage(), result.storage());
      return scalar.toHost(result);
    }
  }

  private float[] random(long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble(-1, 1);
    return values;
  }

  @Benchmark
  public Tensor multiply() {
    engine.kernels().matmul().matmul(1, false, false, size, size, size, a.storage(), b.storage(), c.storage());
    return c;
  }

  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }
}
