package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.memory.Storage;

/// Where the matrices of a batched product stand in a storage: the struct `Place` of `matmul.cl`. Element (i, l) of matrix p is number
/// `start + p / inner·outerStride + p % inner·innerStride + i·row + l·column`.
///
/// @param inner how many matrices lie [#innerStride()] apart, before the next such run begins
record Operand(Storage storage, int start, int row, int column, int inner, int outerStride, int innerStride) {
  /// Row-major matrices, one behind the other.
  static Operand rows(Storage storage, int rows, int columns) {
    return new Operand(storage, 0, columns, 1, 1, rows * columns, 0);
  }

  /// The same matrices with the strides of their two axes exchanged.
  Operand transposed() {
    return new Operand(storage, start, column, row, inner, outerStride, innerStride);
  }

  int[] place() {
    return new int[] {start, row, column, inner, outerStride, innerStride};
  }
}
