package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.engine.memory.Storage;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static final TrainingMemory NEEDED = new TrainingMemory(100, 20, 3, 4, 50, 84);

  /// Memory of a device, whatever heap there is.
  private record DeviceOf(long capacity) implements MemoryPool {
    @Override
    public Storage allocate(int size) {
      throw new AssertionError("asked for " + size + " floats before it is known that all fits");
    }

    @Override
    public void trim() {}

    @Override
    public long bytesInUse() {
      return 0;
    }

    @Override
    public long peakBytesInUse() {
      return 0;
    }

    @Override
    public long bytesAllocated() {
      return 0;
    }
  }

  @Test
  void whatTrainsOnADeviceNeedsRoomThereAndNotInTheHeap() {
    assertDoesNotThrow(() -> NEEDED.requireWithin(new DeviceOf(177), 8, 50, false));
    assertEquals(
        "batch: 8 pairs of 50 samples, with 20 bytes for weights and optimiser, need about 177 bytes in training, and the device has 176;"
            + " give a smaller --batch or --chunk, --precision bf16, fewer --hidden channels, or another --backend",
        assertThrows(IllegalArgumentException.class, () -> NEEDED.requireWithin(new DeviceOf(176), 8, 50, false)).getMessage());
  }

  /// Whoever learns only at the end that there is no room has trained for nothing.
  @Test
  void whatComesBehindTheLastEpochNeedsRoomToo() {
    String start = "batch: 8 pairs of 50 samples, with 20 bytes for weights and optimiser, need about 277 bytes in training, 150 of them behind the"
        + " last epoch, and the device has 276; give ";
    assertDoesNotThrow(() -> wide(0).requireWithin(new DeviceOf(277), 8, 50, false));
    assertEquals(start + "fewer --hidden channels, or another --backend",
        assertThrows(IllegalArgumentException.class, () -> wide(0).requireWithin(new DeviceOf(276), 8, 50, false)).getMessage());
    assertEquals(start + "--kernels 0, fewer --hidden channels, or another --backend",
        assertThrows(IllegalArgumentException.class, () -> wide(84).requireWithin(new DeviceOf(276), 8, 50, false)).getMessage());
  }

  private static TrainingMemory wide(int kernels) {
    return new TrainingMemory(100, 20, 3, 4, 150, kernels);
  }
}
