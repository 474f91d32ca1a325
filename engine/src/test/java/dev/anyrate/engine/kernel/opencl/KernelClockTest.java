package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.BackendUnderTest;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelClockTest {
  private static final int SIZE = 1000;

  @BeforeEach
  void requireDevice() {
    BackendUnderTest.require("opencl");
  }

  @AfterEach
  void forget() {
    System.clearProperty(OpenClProvider.TIMES_PROPERTY);
  }

  private static OpenClKernels open(boolean times) {
    System.setProperty(OpenClProvider.TIMES_PROPERTY, String.valueOf(times));
    return OpenClKernels.open(Devices.choose(""), MemoryPolicy.POOLED);
  }

  private static void squares(OpenClKernels kernels, Storage x, int count) {
    for (int i = 0; i < count; i++) kernels.elementwise().unary(UnaryFunction.SQUARE, SIZE, x, x);
  }

  @Test
  void countsEveryLaunchAndWhatItTook() {
    try (OpenClKernels kernels = open(true); Storage x = kernels.memory().allocate(SIZE)) {
      kernels.transfer().fill(x, 1);
      squares(kernels, x, 3);
      kernels.transfer().download(x, new float[SIZE], 0);
      long start = System.nanoTime();
      KernelTimes before = kernels.kernelTimes();
      assertEquals(Set.of("fill", "unary_SQUARE", "download"), before.byKernel().keySet());
      assertEquals(3, before.byKernel().get("unary_SQUARE").launches());
      squares(kernels, x, 100);
      kernels.await();
      KernelTimes more = kernels.kernelTimes().since(before);
      assertEquals(Set.of("unary_SQUARE"), more.byKernel().keySet());
      assertEquals(100, more.launches());
      assertTrue(more.nanoseconds() > 0 && more.nanoseconds() <= System.nanoTime() - start, more::toString);
    }
  }

  @Test
  void keepsNoMoreEventsThanItMay() {
    try (OpenClKernels kernels = open(true); Storage x = kernels.memory().allocate(SIZE)) {
      kernels.transfer().fill(x, 1);
      squares(kernels, x, KernelClock.MOST_EVENTS + 10);
      assertTrue(kernels.kernelTimes().launches() >= KernelClock.MOST_EVENTS, "read without being asked to wait");
      kernels.await();
      assertEquals(KernelClock.MOST_EVENTS + 11, kernels.kernelTimes().launches());
    }
  }

  @Test
  void keepsNothingUnlessAsked() {
    try (OpenClKernels kernels = open(false); Storage x = kernels.memory().allocate(SIZE)) {
      kernels.transfer().fill(x, 1);
      kernels.await();
      assertEquals(KernelTimes.NONE, kernels.kernelTimes());
    }
  }
}
