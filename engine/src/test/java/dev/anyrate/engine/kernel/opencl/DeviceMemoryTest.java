package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.OutOfMemory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
  private OpenClKernels kernels;

  @BeforeEach
  void open() {
    BackendUnderTest.require("opencl");
    kernels = OpenClKernels.open(Devices.choose(""), MemoryPolicy.POOLED);
  }

  @AfterEach
  void close() {
    if (kernels != null) kernels.close();
  }

  @Test
  void buffersAreReusedBySize() {
    DeviceMemory memory = kernels.memory();
    memory.allocate(1000).close();
    long allocated = memory.bytesAllocated();
    try (Storage first = memory.allocate(990)) {
      assertEquals(allocated, memory.bytesAllocated());
      assertEquals(allocated, memory.bytesInUse());
      memory.allocate(first.size()).close();
      assertEquals(2 * allocated, memory.peakBytesInUse());
    }
    assertEquals(0, memory.bytesInUse());
  }

  @Test
  void aBufferThatDoesNotFitIsRefusedWithSizes() {
    int[] taken = {0};
    String message = assertThrows(OutOfMemory.class, () -> {
      while (true) { // no machine has room for a thousand of them
        kernels.memory().allocate(Integer.MAX_VALUE - 8);
        assertTrue(++taken[0] < 1000);
      }
    }).getMessage();
    assertTrue(message.startsWith("opencl: no room for a buffer of 8.0 GiB on "), message);
    assertTrue(message.endsWith("; use a smaller batch or encoder, or another device"), message);
  }

  /// Buffers of two sizes, each of which takes more than half of what the device has.
  @Test
  void whatWaitsForReuseIsGivenUpWhereRoomIsShort() {
    DeviceDescription device = kernels.context().device().description();
    int size = (int) Math.min(Math.min(device.largestBufferBytes() / 2, device.memoryBytes() / 8) / Float.BYTES, 1 << 30);
    int count = (int) (device.memoryBytes() / 2 / ((long) size * Float.BYTES)) + 1;
    allocateTogether(count, size);
    long allocated = kernels.memory().bytesAllocated();
    allocateTogether(count, size);
    assertEquals(allocated, kernels.memory().bytesAllocated(), "they wait for reuse");
    allocateTogether(count, size / 4 * 3);
    allocated = kernels.memory().bytesAllocated();
    allocateTogether(1, size);
    assertTrue(kernels.memory().bytesAllocated() > allocated, "they were given up");
    assertEquals(0, kernels.memory().bytesInUse());
  }

  private void allocateTogether(int count, int size) {
    List<Storage> storages = new ArrayList<>();
    for (int i = 0; i < count; i++) storages.add(kernels.memory().allocate(size));
    storages.forEach(Storage::close);
  }

  /// A driver that has no room for a buffer as long as commands under way use those that are released.
  @Test
  void aBufferForWhichThereIsNoRoomIsAskedForAgainWhenTheDeviceIsDone() {
    System.setProperty(OpenClProvider.TIMES_PROPERTY, "true"); // they are known only of what was waited for
    try (OpenClKernels timed = OpenClKernels.open(Devices.choose(""), MemoryPolicy.POOLED);
        Storage storage = Numbers.upload(timed, 1, 2, 3)) {
      timed.transfer().fill(storage, 1);
      int[] tries = {0};
      var memory = new DeviceMemory(timed.queue(), MemoryPolicy.POOLED, bytes -> {
        if (tries[0]++ == 0) throw new CLException("full", CL.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        assertEquals(1, timed.kernelTimes().byKernel().get("fill").launches());
        return CL.clCreateBuffer(timed.context().handle(), CL.CL_MEM_READ_WRITE, bytes, null, null);
      });
      memory.allocate(1000).close();
      memory.close();
      assertEquals(2, tries[0]);
    } finally {
      System.clearProperty(OpenClProvider.TIMES_PROPERTY);
    }
  }

  @Test
  void moreElementsThanAStorageCountsAreRefused() {
    String message = assertThrows(OutOfMemory.class, () -> kernels.memory().temporary(1, 1 << 26, 64)).getMessage();
    assertTrue(message.startsWith("opencl: no room for a buffer of more than 8.0 GiB on "), message);
  }

  /// Its right operand fits in a storage, but not in panels, of which the only one has more columns than the operand.
  @Test
  void aProductWhosePanelsHaveTooManyElementsIsRefused() {
    try (Storage numbers = kernels.memory().allocate(1)) { // of the operands; nothing reads them
      assertThrows(OutOfMemory.class, () -> kernels.matmul().matmul(1, false, false, 1, 1, 1 << 30, numbers, numbers, numbers));
    }
  }

  /// A driver that finds out only at a kernel that there is no memory, as those of graphics cards do.
  @Test
  void aCommandThatFindsNoRoomIsTriedOnceMoreWithoutWhatWaits() {
    kernels.memory().allocate(1000).close();
    long allocated = kernels.memory().bytesAllocated();
    int[] tries = {0};
    kernels.queue().enqueue("test", (_, _) -> {
      if (tries[0]++ == 0) throw new CLException("full", CL.CL_MEM_OBJECT_ALLOCATION_FAILURE);
    });
    assertEquals(2, tries[0]);
    kernels.memory().allocate(1000).close();
    assertEquals(2 * allocated, kernels.memory().bytesAllocated(), "the first buffer was given up");
  }

  @Test
  void aCommandForWhichThereIsNoRoomIsRefusedWithSizes() {
    String message = assertThrows(OutOfMemory.class, () -> enqueueFailing(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE)).getMessage();
    assertTrue(message.startsWith("opencl: no room for the operands of matmul on "), message);
    assertTrue(message.contains(" are in use, "), message);
  }

  @Test
  void aCommandThatTheDriverRefusesIsNamed() {
    for (int status : new int[] {CL.CL_OUT_OF_RESOURCES, CL.CL_INVALID_WORK_GROUP_SIZE}) {
      String message = assertThrows(DeviceFailure.class, () -> enqueueFailing(status)).getMessage();
      assertTrue(message.contains(" failed at matmul: refused; "), message);
    }
  }

  private void enqueueFailing(int status) {
    kernels.queue().enqueue("matmul", (_, _) -> {
      throw new CLException("refused", status);
    });
  }

  @Test
  void closingTwiceIsHarmless() {
    Storage storage = kernels.memory().allocate(5);
    storage.close();
    storage.close();
    kernels.close();
    kernels.close();
    storage.close();
  }

  @Test
  void aStorageIsOfNoUseAfterItsEngine() {
    Storage storage = Numbers.upload(kernels, 1, 2, 3);
    kernels.close();
    assertThrows(IllegalStateException.class, () -> kernels.transfer().download(storage, new float[3], 0));
    assertThrows(IllegalStateException.class, () -> kernels.elementwise().scale(3, 2, storage, storage));
    assertThrows(IllegalStateException.class, () -> kernels.memory().allocate(1));
    storage.close();
  }

  @Test
  void aWindowIsAPartOfItsStorage() {
    Storage storage = Numbers.upload(kernels, 1, 2, 3, 4, 5);
    Storage window = storage.window(1, 3).window(1, 2);
    assertArrayEquals(new float[] {3, 4}, Numbers.download(kernels, window));
    kernels.transfer().fill(window, 9);
    assertArrayEquals(new float[] {1, 2, 9, 9, 5}, Numbers.download(kernels, storage));
    assertThrows(IndexOutOfBoundsException.class, () -> storage.window(3, 3));
    storage.close();
    assertThrows(IllegalStateException.class, () -> Numbers.download(kernels, window));
  }

  @Test
  void aLeakBearsItsPlaceOfBirth() {
    Storage leak = kernels.memory().allocate(256);
    assertEquals(1, kernels.memory().places().size());
    String place = kernels.memory().places().getFirst();
    assertTrue(place.startsWith("1.0 KiB from "), place);
    leak.close();
    assertEquals(0, kernels.memory().places().size());
  }

  /// No stack is searched for what a kernel closes itself.
  @Test
  void workMemoryOfAKernelHasNoPlaceOfBirth() {
    try (Storage work = kernels.memory().temporary(16, 16)) {
      assertEquals(256, work.size());
      assertEquals(List.of("1.0 KiB from a kernel"), kernels.memory().places());
    }
  }

  @Test
  void whatCrossesIsCounted() {
    BytesMoved before = kernels.bytesMoved();
    Storage storage = Numbers.upload(kernels, 1, 2, 3);
    Storage copy = kernels.memory().allocate(3);
    kernels.transfer().copy(storage, copy);
    kernels.transfer().fill(storage, 0);
    Numbers.download(kernels, copy.window(0, 1));
    assertEquals(new BytesMoved(12, 4), kernels.bytesMoved().since(before));
  }
}
