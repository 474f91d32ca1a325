package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// NT-Xent of a large batch needs memory that grows with the batch, not with its square.
@Tag("kernels")
class NtXentMemoryTest {
  private static final int PAIRS = 8192;
  private static final int COLUMNS = 64;
  private static final float TEMPERATURE = 0.1f;

  /// What 65,536 pairs may take, and the share of that which belongs to this batch; its square would be 1 GiB.
  private static final long ALLOWED = (64L << 20) * PAIRS / 65_536;

  private record Gradient(float[] logSum, float[] dZ, long bytesKept) {}

  @Test
  void workMemoryIsLinearInTheBatchAndThreadsDoNotChangeABit() {
    float[] z = unitRows();
    for (BackendUnderTest backend : BackendUnderTest.all()) {
      if (!backend.provider().name().equals("simd")) continue; // the plain loops keep one row, and would take minutes
      Gradient one = gradient(backend, 1, z);
      assertTrue(one.bytesKept < ALLOWED, one.bytesKept + " bytes are kept, " + ALLOWED + " allowed");
      Gradient three = gradient(backend, 3, z);
      Compare.assertSameBits("logSum", one.logSum, three.logSum);
      Compare.assertSameBits("dZ", one.dZ, three.dZ);
    }
  }

  /// Kernels keep their work memory from call to call, so what is in use after a call beyond its operands is what it needed.
  private static Gradient gradient(BackendUnderTest backend, int threads, float[] z) {
    float[] logSum = new float[2 * PAIRS];
    float[] dZ = new float[z.length];
    try (var open = backend.open(threads, MemoryPolicy.POOLED)) {
      long before = bytesInUse();
      run(open.kernels(), z, logSum, dZ);
      return new Gradient(logSum, dZ, bytesInUse() - before);
    }
  }

  private static void run(Kernels kernels, float[] z, float[] logSum, float[] dZ) {
    HeapStorage zs = whole(z);
    HeapStorage loss = whole(new float[] {1});
    kernels.loss().ntXent(PAIRS, COLUMNS, TEMPERATURE, zs, whole(logSum), loss);
    kernels.loss().ntXentBackward(PAIRS, COLUMNS, TEMPERATURE, zs, whole(logSum), loss, whole(dZ));
  }

  private static HeapStorage whole(float[] values) {
    return HeapStorage.wrap(values, 0, values.length);
  }

  private static long bytesInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static float[] unitRows() {
    float[] z = Numbers.random(2 * PAIRS * COLUMNS, 7);
    for (int start = 0; start < z.length; start += COLUMNS) {
      double squares = 0;
      for (int i = start; i < start + COLUMNS; i++) squares += (double) z[i] * z[i];
      for (int i = start; i < start + COLUMNS; i++) z[i] /= (float) Math.sqrt(squares);
    }
    return z;
  }
}
