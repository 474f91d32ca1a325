package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.BackendUnderTest;
import java.util.Set;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
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

  /// The second command's event is of a queue that keeps no times. The first event was read and released then; to release it once more would be that of somebody else.
  @Test
  void aTimeThatTheDriverDoesNotTellIsAFailureOfTheDevice() {
    var read = new cl_event[1];
    try (OpenClKernels plain = open(false)) {
      try (OpenClKernels kernels = open(true)) {
        kernels.queue().enqueue("read", (queue, event) -> {
          CL.clEnqueueMarkerWithWaitList(queue, 0, null, event);
          read[0] = event;
        });
        CL.clRetainEvent(read[0]);
        CL.clRetainEvent(read[0]);
        kernels.queue().enqueue("lost", (_, event) -> plain.queue().enqueue("lost",
            (queue, _) -> CL.clEnqueueMarkerWithWaitList(queue, 0, null, event)));
        plain.await();
        assertEquals(3, references(read[0]));
        String message = assertThrows(DeviceFailure.class, kernels::await).getMessage();
        assertTrue(message.contains(" failed to say how long its work took: "), message);
        assertEquals(2, references(read[0]));
      }
      assertEquals(2, references(read[0]));
      CL.clReleaseEvent(read[0]);
      CL.clReleaseEvent(read[0]);
    }
  }

  private static int references(cl_event event) {
    int[] count = new int[1];
    CL.clGetEventInfo(event, CL.CL_EVENT_REFERENCE_COUNT, Sizeof.cl_uint, Pointer.to(count), null);
    return count[0];
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
