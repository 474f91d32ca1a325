package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Element by element.
public interface ElementwiseKernels {
  /// `y[i] = f(a[i], b[i])` over all indices i of `dims`; each operand is read by its own strides, 0 where it is repeated.
  ///
  /// @param dims     dimensions of the result, outermost first
  /// @param a        Read. May be `y` where its strides are those of the result.
  /// @param aStrides element strides of `a`, as many as `dims`
  /// @param b        Read. May be `y` likewise.
  /// @param bStrides element strides of `b`
  /// @param y        Overwritten; row-major.
  void binary(BinaryFunction function, int[] dims, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y);

  /// `y[i] = f(x[i])`
  ///
  /// @param x Read. May be `y`.
  /// @param y Overwritten.
  void unary(UnaryFunction function, int size, Storage x, Storage y);

  /// `dX[i] = f′(x[i])·dY[i]`
  ///
  /// @param x  Read: operand of the forward kernel; any storage of its size where the derivative is made from the result.
  /// @param y  Read: its result; any storage of its size where it is not.
  /// @param dY Read. May be `dX`.
  /// @param dX Overwritten.
  void unaryBackward(UnaryFunction function, int size, Storage x, Storage y, Storage dY, Storage dX);

  /// `y[i] = factor·x[i]`
  ///
  /// @param x Read. May be `y`.
  /// @param y Overwritten.
  void scale(int size, float factor, Storage x, Storage y);

  /// `y[i] += factor·x[i]`
  ///
  /// @param x Read.
  /// @param y Added to.
  void addScaled(int size, float factor, Storage x, Storage y);
}
