package dev.anyrate.engine.kernel.opencl;

import java.util.Arrays;

/// Some axes of a tensor as kernels take them: the struct `Axes` of `axes.cl`. Neighbours that lie behind one another in memory count as one axis, so most
/// tensors have one or two here whatever their rank, and a position costs few divisions.
final class DeviceAxes {
  /// Of the struct.
  static final int MOST_AXES = 8;

  private DeviceAxes() {}

  /// One tensor's axes.
  static int[] of(int[] dims, int[] strides) {
    return of(dims, new int[][] {strides})[0];
  }

  /// The same axes of several tensors, each with its own strides: a struct for each.
  ///
  /// @throws IllegalArgumentException if more than [#MOST_AXES] remain
  static int[][] of(int[] dims, int[]... strides) {
    int rank = 0;
    int[] merged = new int[Math.max(1, dims.length)];
    int[][] mergedStrides = new int[strides.length][merged.length];
    merged[0] = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) continue;
      if (rank > 0 && areOne(dims[axis], strides, axis, mergedStrides, rank - 1)) {
        merged[rank - 1] *= dims[axis];
      } else {
        merged[rank++] = dims[axis];
      }
      for (int i = 0; i < strides.length; i++) mergedStrides[i][rank - 1] = strides[i][axis];
    }
    if (rank > MOST_AXES) {
      throw new IllegalArgumentException("opencl: " + rank + " axes that do not lie behind one another; reshape to at most "
          + MOST_AXES);
    }
    int[][] structs = new int[strides.length][];
    for (int i = 0; i < strides.length; i++) structs[i] = struct(Math.max(1, rank), merged, mergedStrides[i]);
    return structs;
  }

  /// Whether the outer axis steps exactly over the inner one, in every tensor.
  private static boolean areOne(int innerDim, int[][] strides, int inner, int[][] outerStrides, int outer) {
    for (int i = 0; i < strides.length; i++) {
      if (outerStrides[i][outer] != strides[i][inner] * innerDim) return false;
    }
    return true;
  }

  private static int[] struct(int rank, int[] dims, int[] strides) {
    int[] struct = new int[1 + 2 * MOST_AXES];
    struct[0] = rank;
    System.arraycopy(dims, 0, struct, 1, rank);
    System.arraycopy(strides, 0, struct, 1 + MOST_AXES, rank);
    return struct;
  }

  /// How many axes a struct has, at least one.
  static int rank(int[] struct) {
    return struct[0];
  }

  /// Elements along the last axis of a struct.
  static int lastDim(int[] struct) {
    return struct[rank(struct)];
  }

  /// How far apart they are.
  static int lastStride(int[] struct) {
    return struct[MOST_AXES + rank(struct)];
  }

  /// How far the rows of a struct of one or two axes are apart.
  static int rowStride(int[] struct) {
    return rank(struct) == 1 ? 0 : struct[1 + MOST_AXES];
  }

  /// Strides of a tensor without gaps.
  static int[] rowMajor(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return strides;
  }

  /// Those elements of `values` whose axis is reduced, or is not.
  static int[] choose(int[] values, boolean[] reduced, boolean wanted) {
    int[] chosen = new int[values.length];
    int count = 0;
    for (int axis = 0; axis < values.length; axis++) {
      if (reduced[axis] == wanted) chosen[count++] = values[axis];
    }
    return Arrays.copyOf(chosen, count);
  }

  /// How many elements the axes span.
  static int size(int[] dims) {
    int product = 1;
    for (int dim : dims) product *= dim;
    return product;
  }
}
