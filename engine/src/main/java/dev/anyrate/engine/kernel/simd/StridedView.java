package dev.anyrate.engine.kernel.simd;

import java.util.Arrays;

/// An operand as seen from a result of other order or size: for each axis of the result, how far to go in the operand.
/// Neighbouring axes are joined where they can be walked in one stride, so that a bias over `[B, L, C]` has two axes, and an
/// operand of the result's own shape has one.
///
/// @param dims    elements of each axis of the result, outermost first
/// @param strides elements of the operand from one to the next along the axis; 0 where it is repeated
record StridedView(int[] dims, int[] strides) {
  /// Joins the axes.
  static StridedView of(int[] dims, int[] strides) {
    int[] joinedDims = new int[dims.length];
    int[] joinedStrides = new int[dims.length];
    int axes = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) continue;
      if (axes > 0 && joinedStrides[axes - 1] == strides[axis] * dims[axis]) axes--;
      else
        joinedDims[axes] = 1;
      joinedDims[axes] *= dims[axis];
      joinedStrides[axes++] = strides[axis];
    }
    if (axes == 0) return new StridedView(new int[] {1}, new int[] {1});
    return new StridedView(Arrays.copyOf(joinedDims, axes), Arrays.copyOf(joinedStrides, axes));
  }

  /// Whether the operand has the order of the result, so that it can be read where it is.
  boolean isPlain() {
    return dims.length == 1 && strides[0] == 1;
  }

  /// target[0 … count) = the operand's elements for the result's elements from `first` on.
  void copy(int first, int count, float[] operand, int operand0, float[] target, int target0) {
    int inner = dims[dims.length - 1];
    int stride = strides[dims.length - 1];
    for (int done = 0, run; done < count; done += run) {
      int begin = (first + done) % inner;
      run = Math.min(inner - begin, count - done);
      int from = operand0 + offset((first + done) / inner) + begin * stride;
      int to = target0 + done;
      if (stride == 1) System.arraycopy(operand, from, target, to, run);
      else if (stride == 0) Arrays.fill(target, to, to + run, operand[from]);
      else
        for (int i = 0; i < run; i++) target[to + i] = operand[from + i * stride];
    }
  }

  /// Where the operand's run number `index` along the innermost axis begins.
  private int offset(int index) {
    int offset = 0;
    int rest = index;
    for (int axis = dims.length - 2; axis >= 0; axis--) {
      offset += rest % dims[axis] * strides[axis];
      rest /= dims[axis];
    }
    return offset;
  }
}
