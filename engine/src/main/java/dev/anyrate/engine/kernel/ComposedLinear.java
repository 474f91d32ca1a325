package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Linear maps from the other kernels of a backend, for those that have nothing better.
///
/// @param matmul      of the backend
/// @param elementwise of the backend
/// @param reduction   of the backend
public record ComposedLinear(MatmulKernels matmul, ElementwiseKernels elementwise,
    ReductionKernels reduction) implements LinearKernels {
  @Override
  public void linear(int rows, int in, int out, Storage x, Storage weight, Storage bias, Storage residual, Storage y) {
    matmul.matmul(1, false, true, rows, out, in, x, weight, y);
    int[] each = {out, 1};
    int[] repeated = {0, 1};
    if (bias != null) add(rows, out, y, each, bias, repeated, y);
    if (residual != null) add(rows, out, y, each, residual, each, y);
  }

  private void add(int rows, int out, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y) {
    elementwise.binary(BinaryFunction.ADD, new int[] {rows, out}, a, aStrides, b, bStrides, y);
  }

  @Override
  public void linearBackwardParameters(int rows, int in, int out, Storage x, Storage dY, Storage dWeight, Storage dBias) {
    matmul.matmul(1, true, false, out, in, rows, dY, x, dWeight);
    if (dBias != null) reduction.sum(new int[] {rows, out}, new boolean[] {true, false}, 1, dY, dBias);
  }
}
