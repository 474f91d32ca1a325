package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.opencl.DeviceDescription.Type;
import org.junit.jupiter.api.Test;

/// Sizes follow from what a device says about itself.
class TuningTest {
  private static DeviceDescription device(Type type, long localBytes, boolean ownLocal, long largestGroup, int vectorWidth) {
    return new DeviceDescription(0, "", "", "", "", type, 8, 1000, false, 1L << 30, 1L << 28, localBytes, ownLocal, largestGroup,
        vectorWidth,
        false, true);
  }

  private static Tuning tuning(Type type, long localBytes, boolean ownLocal, long largestGroup, int vectorWidth) {
    return Tuning.of(device(type, localBytes, ownLocal, largestGroup, vectorWidth), largestGroup);
  }

  @Test
  void aGraphicsCardSharesTilesInLocalMemory() {
    Tuning tuning = tuning(Type.GPU, 32 << 10, true, 1024, 1);
    assertTrue(tuning.localTiles());
    assertEquals(256, tuning.tileItems());
    assertEquals(64, tuning.group());
  }

  @Test
  void smallGroupsOrLittleLocalMemoryMakeSmallTiles() {
    assertEquals(64, tuning(Type.GPU, 32 << 10, true, 128, 1).tileItems());
    assertEquals(64, tuning(Type.GPU, 8 << 10, true, 1024, 1).tileItems());
  }

  @Test
  void tilesThatLocalMemoryDoesNotHoldAreNotBroughtThere() {
    assertFalse(tuning(Type.GPU, 4 << 10, true, 1024, 1).localTiles());
  }

  /// A driver may promise groups of 1,024 and take single work-items where a kernel has barriers, as some do for processors.
  @Test
  void kernelsThatTakeSmallerGroupsThanTheDeviceAreBuiltForThose() {
    DeviceDescription device = device(Type.GPU, 32 << 10, true, 1024, 1);
    Tuning whole = Tuning.of(device, 1024);
    assertSame(whole, whole.within(device, 256));
    assertEquals(64, whole.within(device, 255).tileItems());
    Tuning single = whole.within(device, 1);
    assertEquals(1, single.group());
    assertEquals(1, single.tileItems());
    assertEquals(single, single.within(device, 0), "what says nothing is not built for ever");
  }

  /// A program is built again for the limit of its kernels: sizes that exceed it would have it built for ever.
  @Test
  void whateverTheLimitTheSizesKeepIt() {
    for (Type type : Type.values()) {
      for (long limit = 1; limit <= 1024; limit++) {
        Tuning tuning = tuning(type, 32 << 10, true, limit, 4);
        assertTrue(Math.max(tuning.group(), tuning.tileItems()) <= limit, tuning + " for a limit of " + limit);
      }
    }
  }

  @Test
  void aGroupIsAPowerOfTwoThatTheDeviceTakes() {
    assertEquals(32, tuning(Type.CPU, 0, false, 48, 8).group());
    assertEquals(1, tuning(Type.CPU, 0, false, 1, 8).group());
  }

  @Test
  void aProcessorKeepsTilesInVectorsOfItsWidth() {
    Tuning tuning = tuning(Type.CPU, 32 << 10, false, 1024, 8);
    assertFalse(tuning.localTiles());
    assertEquals(8, tuning.vectorLanes());
    assertEquals(16, tuning.tileColumns());
    assertEquals(4, tuning(Type.CPU, 0, false, 64, 0).vectorLanes());
  }
}
