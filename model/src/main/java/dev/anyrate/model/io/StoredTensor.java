package dev.anyrate.model.io;

import dev.anyrate.engine.tensor.Shape;

/// A tensor as a file holds it: shape and row-major numbers, of one of the three types that Anyrate reads and writes.
public sealed interface StoredTensor {
  /// Its dimensions. What a file calls a scalar (no dimensions) has the shape `[1]` here.
  Shape shape();

  /// Weights, and all else that training computes with.
  ///
  /// @param values as many as the shape has elements. Kept.
  record Float32(Shape shape, float[] values) implements StoredTensor {
    /// @throws IllegalArgumentException if there are more or fewer values than elements
    public Float32 {
      requireCount(shape, values.length);
    }
  }

  /// Reference values of double precision.
  ///
  /// @param values as many as the shape has elements. Kept.
  record Float64(Shape shape, double[] values) implements StoredTensor {
    /// @throws IllegalArgumentException if there are more or fewer values than elements
    public Float64 {
      requireCount(shape, values.length);
    }
  }

  /// Counts, labels and states of random generators.
  ///
  /// @param values as many as the shape has elements. Kept.
  record Int64(Shape shape, long[] values) implements StoredTensor {
    /// @throws IllegalArgumentException if there are more or fewer values than elements
    public Int64 {
      requireCount(shape, values.length);
    }
  }

  private static void requireCount(Shape shape, int count) {
    if (shape.size() != count) {
      throw new IllegalArgumentException("stored tensor: shape " + shape + " has " + shape.size() + " elements, but " + count
          + " values were given; give one value for each element");
    }
  }
}
