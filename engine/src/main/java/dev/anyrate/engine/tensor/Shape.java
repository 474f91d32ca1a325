package dev.anyrate.engine.tensor;

import java.util.Arrays;

/// The dimensions of a tensor, outermost first; data lie row-major without gaps. Immutable.
///
/// A shape of rank 0 does not exist here: a scalar has the shape `[1]`.
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    if (dims.length == 0) throw new ShapeMismatch("shape: no dimensions; a scalar has the shape [1]");
    long product = 1;
    for (int dim : dims) {
      if (dim < 0) throw new ShapeMismatch("shape: " + Arrays.toString(dims) + " has a negative dimension");
      product *= dim;
      if (product > Integer.MAX_VALUE) {
        throw new ShapeMismatch("shape: " + Arrays.toString(dims) + " has more than 2^31 - 1 elements; use smaller batches");
      }
    }
    this.dims = dims;
    this.size = (int) product;
  }

  /// @param dims outermost first, none negative, product below 2^31
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /// Count of dimensions.
  public int rank() {
    return dims.length;
  }

  /// One dimension; negative axes count from the end, so `dim(-1)` is the innermost.
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /// Count of elements.
  public int size() {
    return size;
  }

  /// A copy of all dimensions.
  public int[] dims() {
    return dims.clone();
  }

  /// The axis counted from the front.
  ///
  /// @throws ShapeMismatch if there is no such axis
  public int axis(int axis) {
    int front = axis < 0 ? axis + dims.length : axis;
    if (front < 0 || front >= dims.length) throw new ShapeMismatch("shape: axis " + axis + " does not exist in " + this);
    return front;
  }

  /// Product of the dimensions in front of `axis`.
  public int sizeBefore(int axis) {
    int product = 1;
    for (int i = 0; i < axis(axis); i++) product *= dims[i];
    return product;
  }

  /// Product of the dimensions behind `axis`.
  public int sizeAfter(int axis) {
    int product = 1;
    for (int i = axis(axis) + 1; i < dims.length; i++) product *= dims[i];
    return product;
  }

  /// The same shape with one dimension replaced.
  public Shape with(int axis, int dim) {
    int[] changed = dims.clone();
    changed[axis(axis)] = dim;
    return new Shape(changed);
  }

  /// The shape that two operands take together: aligned at the innermost axis, each pair of dimensions equal or one of them 1.
  ///
  /// @throws ShapeMismatch if a pair of dimensions fits neither way
  public static Shape broadcast(String operation, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] result = new int[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      int x = fromEnd <= a.rank() ? a.dim(-fromEnd) : 1;
      int y = fromEnd <= b.rank() ? b.dim(-fromEnd) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new ShapeMismatch(operation + ": " + a + " and " + b + " do not broadcast; aligned at the right, each pair of"
            + " dimensions must be equal or one of them 1");
      }
      result[rank - fromEnd] = x == 1 ? y : x;
    }
    return new Shape(result);
  }

  /// Element strides with which a tensor of this shape is read as if it had the shape `target`; 0 where it is repeated.
  ///
  /// @param target a shape that this one broadcasts to
  public int[] stridesIn(Shape target) {
    int[] strides = new int[target.rank()];
    int stride = 1;
    for (int fromEnd = 1; fromEnd <= rank(); fromEnd++) {
      strides[target.rank() - fromEnd] = dim(-fromEnd) == 1 ? 0 : stride;
      stride *= dim(-fromEnd);
    }
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
