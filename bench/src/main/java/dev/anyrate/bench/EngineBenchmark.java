package dev.anyrate.bench;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.Kernels;
import java.util.Optional;
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

/// One call on one engine, checked against the scalar backend before it is timed.
///
/// A subclass declares its parameters, how a call is prepared for a batch of any size, and how much work it is. The check runs on so small a part of the batch that the scalar
/// kernels need about a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {Flags.VECTORS, Flags.HUGE_PAGES, Flags.NATIVES, Flags.QUIET, Flags.NO_LOG, Flags.DEVICE_TIMES,
    "-Xms2g", "-Xmx2g",
    "-XX:+AlwaysPreTouch"})
public abstract class EngineBenchmark implements Measured {
  private static final double AMOUNT_FOR_CHECK = 3e8;

  /// Of fewer series batch norm makes statistics that hang on rounding: a training step of two pairs differed by 1.7e-4 from the scalar one by Winograd's rounding alone.
  private static final int SMALLEST_BATCH = 8;

  /// Backend under test.
  @Param("simd")
  public String backend;

  private static Kernels measured; // one in each JVM of JMH; also when its engine is closed, as profilers ask once more then

  private Engine engine;
  private Call call;

  /// Series, rows or pairs of the call that is timed.
  protected abstract int batch();

  /// What one call on a batch does.
  protected abstract Work work(int batch);

  /// Puts the operands of a call in place. The same batch gives the same numbers on every engine.
  protected abstract Call prepare(Engine engine, int batch);

  /// Allowed relative difference from the scalar backend: rounding, for sums of some thousand terms.
  protected double tolerance() {
    return 1e-5;
  }

  /// Threads of the engine under test.
  protected int threads() {
    return 1;
  }

  @Override
  public final Work work() {
    return work(batch());
  }

  /// Checks, then prepares what is timed.
  @Setup(Level.Trial)
  public void open() {
    int few = (int) Math.clamp(batch() * AMOUNT_FOR_CHECK / work().amount(), Math.min(SMALLEST_BATCH, batch()), batch());
    Agreement.require(getClass().getSimpleName() + " on " + backend, once(backend, few), once("scalar", few), tolerance());
    engine = open(backend, threads());
    call = prepare(engine, batch());
    measured = engine.kernels();
  }

  /// The kernels of the engine that is timed in this JVM, once it is open.
  public static Optional<Kernels> measured() {
    return Optional.ofNullable(measured);
  }

  private float[] once(String name, int few) {
    try (Engine once = open(name, threads())) {
      Call prepared = prepare(once, few);
      prepared.run();
      return prepared.result();
    }
  }

  private static Engine open(String name, int threads) {
    return Engine.open(EngineOptions.defaults().withBackend(name).withThreads(threads));
  }

  /// What is timed. A device has done its work when the call returns.
  @Benchmark
  public void run() {
    call.run();
    engine.kernels().await();
  }

  /// Gives back the engine.
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
  }
}
