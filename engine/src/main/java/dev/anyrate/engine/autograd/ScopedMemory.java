package dev.anyrate.engine.autograd;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Remembers every storage it hands out, and gives all of them back at once.
final class ScopedMemory implements Memory, AutoCloseable {
  private final Kernels kernels;
  private final List<Storage> storages = new ArrayList<>();
  private boolean closed;

  ScopedMemory(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public Storage allocate(int size) {
    requireOpen();
    Storage storage = kernels.memory().allocate(size);
    storages.add(storage);
    return storage;
  }

  /// @throws IllegalStateException if everything was given back already
  void requireOpen() {
    if (closed) throw new IllegalStateException("this tape is closed; open a new one with Engine.tape() (or Engine.inference())");
  }

  Tensor constant(Shape shape, float... values) {
    ShapeMismatch.check(values.length == shape.size(), "constant", "give as many values as the shape has elements", "shape",
        shape,
        "number of values", values.length);
    Tensor tensor = Tensor.allocate(this, shape);
    kernels.transfer().upload(values, 0, tensor.storage());
    return tensor;
  }

  @Override
  public void close() {
    closed = true;
    storages.forEach(Storage::close);
    storages.clear();
  }
}
