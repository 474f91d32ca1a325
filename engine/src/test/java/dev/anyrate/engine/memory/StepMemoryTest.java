package dev.anyrate.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Where a plan's numbers come to lie.
class StepMemoryTest {
  private static final int ONE = 1 << 14;

  @Test
  void whatIsDeadMakesRoom() {
    try (var memory = memory()) {
      var first = new Lease(ONE, 0, 3);
      var second = new Lease(ONE, 4, 5);
      assertEquals(ONE * Float.BYTES, memory.place(List.of(first, second)));
      assertSame(array(first), array(second));
    }
  }

  @Test
  void whatIsNeededAtTheSameMomentHasPlacesOfItsOwn() {
    try (var memory = memory()) {
      List<Lease> leases = List.of(new Lease(ONE, 0, 4), new Lease(ONE, 4, 5));
      assertEquals(2 * ONE * Float.BYTES, memory.place(leases));
      assertNoneDisturbsAnother(leases);
    }
  }

  @Test
  void twoHalvesMakeRoomForAWhole() {
    try (var memory = memory()) {
      List<Lease> leases = List.of(new Lease(ONE / 2, 0, 4), new Lease(ONE / 2, 2, 6), new Lease(ONE, 7, 9));
      assertEquals(ONE * Float.BYTES, memory.place(leases));
      assertNoneDisturbsAnother(leases);
    }
  }

  @Test
  void randomPlansDisturbNothingAndTakeLittleMoreThanTheirPeak() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      List<Lease> leases = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int from = random.nextInt(100);
        leases.add(new Lease(ONE / 2 * random.nextInt(1, 7), from, from + random.nextInt(30)));
      }
      try (var memory = memory()) {
        long used = memory.place(leases) / Float.BYTES;
        assertNoneDisturbsAnother(leases);
        assertTrue(used <= peak(leases) * 1.25, "seed " + seed + ": " + used + " floats for a peak of " + peak(leases));
      }
    }
  }

  private static long peak(List<Lease> leases) {
    long most = 0;
    for (int moment = 0; moment < 130; moment++) {
      int now = moment;
      most = Math.max(most,
          leases.stream().filter(lease -> lease.from() <= now && now <= lease.to()).mapToLong(Lease::size).sum());
    }
    return most;
  }

  @Test
  void aLeaseLargerThanAnyBufferGetsOneOfItsOwn() {
    var large = new Lease((1 << 28) + 1, 0, 5);
    List<Lease> leases = List.of(new Lease(ONE, 0, 5), large, new Lease(ONE, 3, 9));
    try (var memory = new StepMemory(Unbacked::new)) {
      long bytes = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> memory.place(leases));
      assertTrue(bytes >= 4L * (large.size() + 2 * ONE), bytes + " bytes");
      for (Lease lease : leases) assertEquals(lease.size(), lease.place().size());
    }
  }

  /// A storage without numbers, which may be larger than the memory of this machine.
  private static final class Unbacked extends Storage {
    Unbacked(int size) {
      super(size);
    }

    @Override
    public Storage window(int from, int count) {
      Objects.checkFromIndexSize(from, count, size());
      return new Unbacked(count);
    }

    @Override
    protected void release() {}
  }

  @Test
  void anotherPlanTakesThePlacesOfAForgottenOne() {
    try (var memory = memory()) {
      var first = new Lease(ONE, 0, Lease.LASTING);
      memory.place(List.of(first));
      memory.forgetFormerPlans();
      var second = new Lease(ONE - 1, 0, 1);
      memory.place(List.of(second));
      assertSame(array(first), array(second));
    }
  }

  @Test
  void anotherPlanLeavesTheResultsOfTheOneBefore() {
    try (var memory = memory()) {
      var result = new Lease(ONE, 8, Lease.LASTING);
      var work = new Lease(ONE, 0, 7);
      assertEquals(ONE * Float.BYTES, memory.place(List.of(work, result)));
      var later = new Lease(ONE, 0, 1);
      memory.place(List.of(later));
      assertNotSame(array(result), array(later));
    }
  }

  @Test
  void nothingIsSharedWhereFaultsAreSought() {
    try (var memory = new StepMemory(new HeapMemory(new MemoryPolicy(false, true)))) {
      var first = new Lease(10, 0, 3);
      var second = new Lease(10, 4, 5);
      memory.place(List.of(first, second));
      assertNotSame(array(first), array(second));
      assertTrue(Float.isNaN(array(second)[0]));
    }
  }

  @Test
  void aClosedOneRefusesUse() {
    var memory = memory();
    memory.close();
    String message = assertThrows(IllegalStateException.class, () -> memory.place(List.of(new Lease(1, 0, 1)))).getMessage();
    assertEquals("this tape, inference or step memory is closed; open a new one with Engine.tape(), inference() or stepMemory()",
        message);
    assertThrows(IllegalStateException.class, () -> memory.allocate(1));
    assertThrows(IllegalStateException.class, memory::forgetFormerPlans);
  }

  @Test
  void aPlannedStorageIsWhereItWasMovedTo() {
    try (var memory = memory()) {
      var planned = new PlannedStorage(2);
      String nowhere = assertThrows(IllegalStateException.class, () -> HeapStorage.of(planned)).getMessage();
      assertTrue(nowhere.startsWith("storage of 2 floats has no numbers now"), nowhere);
      Storage place = memory.allocate(2);
      planned.moveTo(place);
      assertSame(place, HeapStorage.of(planned));
      assertEquals(1, planned.window(1, 1).size());
      planned.leave();
      assertThrows(IllegalStateException.class, () -> HeapStorage.of(planned));
      assertThrows(IllegalArgumentException.class, () -> planned.moveTo(memory.allocate(3)));
    }
  }

  /// Each writes a number of its own when it begins, and finds it when it ends.
  private static void assertNoneDisturbsAnother(List<Lease> leases) {
    for (int moment = 0; moment <= 130; moment++) {
      for (int i = 0; i < leases.size(); i++) {
        if (leases.get(i).from() == moment) fill(leases.get(i), i);
      }
      for (int i = 0; i < leases.size(); i++) {
        if (leases.get(i).to() == moment) assertFilled(leases.get(i), i);
      }
    }
  }

  private static void fill(Lease lease, float value) {
    HeapStorage place = HeapStorage.of(lease.place());
    Arrays.fill(place.array(), place.offset(), place.offset() + lease.size(), value);
  }

  private static void assertFilled(Lease lease, float value) {
    HeapStorage place = HeapStorage.of(lease.place());
    for (int i = 0; i < lease.size(); i++) assertEquals(value, place.array()[place.offset() + i]);
  }

  private static float[] array(Lease lease) {
    return HeapStorage.of(lease.place()).array();
  }

  private static StepMemory memory() {
    return new StepMemory(new HeapMemory(MemoryPolicy.POOLED));
  }
}
