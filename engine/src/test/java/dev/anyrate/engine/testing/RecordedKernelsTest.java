package dev.anyrate.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The watchers are watched: they note what is called and find what leaves its storage.
class RecordedKernelsTest {
  private final RecordedKernels recorded = new RecordedKernels(
      Backends.choose("scalar").provider().open(new Workers(1), MemoryPolicy.POOLED));

  @Test
  void knowsEveryKernelWithItsChoices() {
    Set<String> all = RecordedKernels.all();
    assertTrue(all.contains("ElementwiseKernels.unary[GELU]"), all.toString());
    assertTrue(all.contains("MatmulKernels.matmul[true, false]"), all.toString());
    assertTrue(all.contains("OptimizerKernels.adam"), all.toString());
  }

  @Test
  void notesWhatIsCalled() {
    Storage x = filled(5, 2);
    recorded.kernels().elementwise().unary(UnaryFunction.SQUARE, 5, x, x);
    assertEquals(Set.of("TransferKernels.fill", "ElementwiseKernels.unary[SQUARE]"), recorded.called());
  }

  @Test
  void findsAWriteBeyondTheEnd() {
    Storage x = filled(5, 2);
    HeapStorage heap = HeapStorage.of(x);
    heap.array()[heap.offset() + 5] = 1;
    AssertionError error = assertThrows(AssertionError.class, () -> recorded.kernels().transfer().fill(x, 3));
    assertEquals("TransferKernels.fill: wrote 1.0 at index 5 of a storage of 5 floats", error.getMessage());
  }

  @Test
  void findsAWriteThatForgetsTheOffset() {
    Storage x = filled(5, 2);
    HeapStorage.of(x).array()[0] = 1;
    assertThrows(AssertionError.class, () -> recorded.kernels().transfer().fill(x, 3));
  }

  @Test
  void freshStoragesHoldNaNAndDifferInOffset() {
    HeapStorage first = HeapStorage.of(recorded.kernels().memory().allocate(2));
    HeapStorage second = HeapStorage.of(recorded.kernels().memory().allocate(2));
    assertTrue(Float.isNaN(first.array()[first.offset()]));
    assertTrue(first.offset() != second.offset() && first.offset() > 0);
  }

  private Storage filled(int size, float value) {
    Storage storage = recorded.kernels().memory().allocate(size);
    recorded.kernels().transfer().fill(storage, value);
    return storage;
  }
}
