package dev.anyrate.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.testing.ChildProgram;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeapMemoryTest {
  private static final MemoryPolicy FRESH = new MemoryPolicy(false, false);
  private static final MemoryPolicy POISONED = new MemoryPolicy(true, true);

  @Test
  void reusesAnArrayOfTheSameSizeClass() {
    var memory = new HeapMemory(MemoryPolicy.POOLED);
    float[] first = arrayOf(memory.allocate(1100), true);
    assertSame(first, arrayOf(memory.allocate(1200), true), "1100 and 1200 share the class of 1280");
    assertNotSame(first, arrayOf(memory.allocate(1300), true));
  }

  @Test
  void neverHandsOutAnArrayThatIsInUse() {
    var memory = new HeapMemory(MemoryPolicy.POOLED);
    assertNotSame(arrayOf(memory.allocate(100), false), arrayOf(memory.allocate(100), false));
  }

  @Test
  void makesNewArraysWhereReuseIsOff() {
    var memory = new HeapMemory(FRESH);
    float[] first = arrayOf(memory.allocate(100), true);
    assertEquals(100, first.length);
    assertNotSame(first, arrayOf(memory.allocate(100), true));
  }

  @Test
  void sizeClassesWasteAtMostAFifth() {
    assertEquals(64, HeapMemory.sizeClass(0));
    assertEquals(64, HeapMemory.sizeClass(64));
    assertEquals(80, HeapMemory.sizeClass(65));
    assertEquals(1024, HeapMemory.sizeClass(1024));
    assertEquals(1280, HeapMemory.sizeClass(1025));
    for (int size = 65; size < 5_000; size++) {
      int sizeClass = HeapMemory.sizeClass(size);
      assertTrue(sizeClass >= size && sizeClass - size <= sizeClass / 5.0, size + " is put into " + sizeClass);
      assertEquals(sizeClass, HeapMemory.sizeClass(sizeClass), "a class is its own");
      assertEquals(sizeClass, HeapMemory.sizeClassBelow(sizeClass));
      int below = HeapMemory.sizeClassBelow(size);
      assertTrue(below <= size && HeapMemory.sizeClass(below) == below && HeapMemory.sizeClass(below + 1) >= sizeClass,
          size + " is above " + below);
    }
  }

  @Test
  void theLargestArraysAreNotRoundedBeyondWhatJavaAllows() {
    assertEquals(Integer.MAX_VALUE - 8, HeapMemory.sizeClass(Integer.MAX_VALUE - 8));
  }

  @Test
  void fillsWithNaNWhereAskedTo() {
    var memory = new HeapMemory(POISONED);
    Storage first = memory.allocate(3);
    HeapStorage.of(first).array()[0] = 1;
    first.close();
    HeapStorage again = HeapStorage.of(memory.allocate(3));
    for (int i = 0; i < 3; i++) assertTrue(Float.isNaN(again.array()[again.offset() + i]));
  }

  @Test
  void countsItsBytes() {
    var memory = new HeapMemory(MemoryPolicy.POOLED);
    Storage a = memory.allocate(128);
    Storage b = memory.allocate(256);
    assertEquals((128 + 256) * 4, memory.bytesInUse());
    a.close();
    a.close(); // closing twice counts once
    assertEquals(256 * 4, memory.bytesInUse());
    memory.allocate(128);
    assertEquals((128 + 256) * 4, memory.bytesAllocated(), "the third storage was served from the pool");
    b.close();
    assertEquals((128 + 256) * 4, memory.peakBytesInUse());
  }

  @Test
  void forgetsWaitingArraysWhenTrimmed() {
    var memory = new HeapMemory(MemoryPolicy.POOLED);
    float[] first = arrayOf(memory.allocate(100), true);
    memory.trim();
    assertNotSame(first, arrayOf(memory.allocate(100), true));
  }

  /// Arrays of other size classes that wait for reuse would fill the heap of a program whose batches change their length.
  @Test
  void waitingArraysMakeRoomWhereTheHeapIsFull() throws IOException, InterruptedException {
    ChildProgram.Ended ended = ChildProgram.likeUs().withOption("-Xmx192m").withOption("-XX:+UseSerialGC").run(FullHeap.class);
    assertEquals(0, ended.exitCode(), ended.output());
  }

  /// The program of that JVM: two arrays that the heap has no room for at once.
  static final class FullHeap {
    private FullHeap() {}

    public static void main(String... arguments) {
      var memory = new HeapMemory(MemoryPolicy.POOLED);
      for (int i = 0; i < 3; i++) {
        memory.allocate(24 << 20).close();
        memory.allocate(20 << 20).close();
      }
    }
  }

  @Test
  void refusesAStorageThatWasGivenBack() {
    Storage storage = new HeapMemory(MemoryPolicy.POOLED).allocate(5);
    storage.close();
    assertTrue(storage.isClosed());
    String message = assertThrows(IllegalStateException.class, () -> HeapStorage.of(storage).array()).getMessage();
    assertEquals(
        "storage of 5 floats was given back already (its tape, model or engine is closed); copy what must outlive it with Engine.toHost",
        message);
  }

  @Test
  void wrapsAWindowOfTheCallersArray() {
    float[] numbers = {1, 2, 3, 4};
    try (HeapStorage window = HeapStorage.wrap(numbers, 1, 2)) {
      assertSame(numbers, window.array());
      assertEquals(1, window.offset());
      assertEquals(2, window.size());
    }
    assertThrows(IndexOutOfBoundsException.class, () -> HeapStorage.wrap(numbers, 3, 2));
  }

  private static float[] arrayOf(Storage storage, boolean giveBack) {
    float[] array = HeapStorage.of(storage).array();
    if (giveBack) storage.close();
    return array;
  }
}
