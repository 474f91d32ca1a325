package dev.anyrate.engine.tensor;

import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;

/// An immutable handle on float32 numbers: their [Shape] and the [Storage] that holds them.
///
/// A tensor carries no gradient; gradients are the result of a backward pass (`Gradients`). Two tensors are equal only if they are the
/// same object: gradients are kept by identity. Several tensors may view one storage, as the operation `Reshape` makes them.
public final class Tensor {
  private final Shape shape;
  private final Storage storage;
  private final boolean requiresGradient;

  private Tensor(Shape shape, Storage storage, boolean requiresGradient) {
    ShapeMismatch.check(shape.size() == storage.size(), "tensor", "a storage must hold exactly the elements of its shape",
        "shape",
        shape, "storage size", storage.size());
    this.shape = shape;
    this.storage = storage;
    this.requiresGradient = requiresGradient;
  }

  /// A tensor over a given storage; a constant, as far as gradients go.
  public static Tensor of(Shape shape, Storage storage) {
    return new Tensor(shape, storage, false);
  }

  /// A tensor over fresh storage whose numbers are arbitrary until written.
  public static Tensor allocate(Memory memory, Shape shape) {
    return new Tensor(shape, memory.allocate(shape.size()), false);
  }

  /// A new handle on the same numbers, with or without the wish for a gradient: a trained parameter has it, a frozen one has not.
  public Tensor requiringGradient(boolean required) {
    return new Tensor(shape, storage, required);
  }

  /// Dimensions.
  public Shape shape() {
    return shape;
  }

  /// Where the numbers are.
  public Storage storage() {
    return storage;
  }

  /// Whether a backward pass should find the gradient of this tensor although no operation made it.
  public boolean requiresGradient() {
    return requiresGradient;
  }

  /// One dimension; negative axes count from the end.
  public int dim(int axis) {
    return shape.dim(axis);
  }

  /// Count of elements.
  public int size() {
    return shape.size();
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
