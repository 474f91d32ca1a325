package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/// A program that takes loss and gradient of NT-Xent on a tape, and prints the bytes of the heap that this needs beyond the embeddings and their gradient, a hash of loss and
/// gradient, the loss, and the seconds. `LargeNtXent PAIRS COLUMNS THREADS`
///
/// To be run with `-XX:+UseSerialGC`, for which a heap has as many bytes in use as its objects have.
public final class LargeNtXent {
  private static final float TEMPERATURE = 0.1f;
  private static final float EPSILON = 1e-8f;

  private LargeNtXent() {}

  /// @param arguments as above
  public static void main(String... arguments) {
    int rows = 2 * Integer.parseInt(arguments[0]);
    int columns = Integer.parseInt(arguments[1]);
    System.out.println(lossAndGradient(Integer.parseInt(arguments[2]), rows, columns));
  }

  /// Kernels keep their work memory from call to call, and a tape what it was given: so what is in use at the end is what was taken at the most.
  private static String lossAndGradient(int threads, int rows, int columns) {
    try (var open = BackendUnderTest.require("simd").open(threads, MemoryPolicy.POOLED)) {
      long before = bytesInUse();
      try (var tape = new Tape(open.kernels(), true)) {
        Tensor x = tape.constant(Shape.of(rows, columns), Numbers.random(rows * columns, 7)).requiringGradient(true);
        long start = System.nanoTime();
        Tensor loss = tape.run(new NtXent(x, TEMPERATURE, EPSILON));
        Tensor gradient = tape.backward(loss).of(x);
        double seconds = (System.nanoTime() - start) * 1e-9;
        long bytes = bytesInUse() - before - 2L * x.size() * Float.BYTES;
        float[] lossValue = Numbers.download(open.kernels(), loss.storage());
        int hash = Arrays.hashCode(Numbers.download(open.kernels(), gradient.storage())) ^ Arrays.hashCode(lossValue);
        return String.format(Locale.ROOT, "%d %d %f %.1f", bytes, hash, lossValue[0], seconds);
      }
    }
  }

  private static long bytesInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
