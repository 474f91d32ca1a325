package dev.anyrate.engine.kernel.heap;

import dev.anyrate.engine.kernel.TransferKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import java.util.Arrays;

/// Copies between arrays of the heap.
public final class HeapTransfer implements TransferKernels {
  /// Makes the family.
  public HeapTransfer() {}

  @Override
  public void upload(float[] source, int offset, Storage storage) {
    HeapStorage to = HeapStorage.of(storage);
    System.arraycopy(source, offset, to.array(), to.offset(), to.size());
  }

  @Override
  public void download(Storage storage, float[] target, int offset) {
    HeapStorage from = HeapStorage.of(storage);
    System.arraycopy(from.array(), from.offset(), target, offset, from.size());
  }

  @Override
  public void copy(Storage from, Storage to) {
    HeapStorage source = HeapStorage.of(from);
    upload(source.array(), source.offset(), to);
  }

  @Override
  public void fill(Storage storage, float value) {
    HeapStorage to = HeapStorage.of(storage);
    Arrays.fill(to.array(), to.offset(), to.offset() + to.size(), value);
  }
}
