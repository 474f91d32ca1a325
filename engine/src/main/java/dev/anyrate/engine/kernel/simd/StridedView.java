package dev.anyrate.engine.kernel.simd;

import java.util.Arrays;

/// An operand as seen from a result of other order or size: for each axis of the result, how far to go in the operand.
/// Neighbouring axes are joined where they can be walked in one stride, so that a bias over `[B, L, C]` has two axes, and an
/// operand of the result's own shape has one.
///
/// Made once and set for each call, as all that a kernel needs; see [SimdPooling].
final class StridedView {
  private int axes;
  private int[] dims = new int[4];
  private int[] strides = new int[4];

  /// Joins the axes.
  ///
  /// @param newDims    elements of each axis of the result, outermost first
  /// @param newStrides elements of the operand from one to the next along the axis; 0 where it is repeated
  StridedView set(int[] newDims, int... newStrides) {
    if (dims.length < newDims.length) {
      dims = new int[newDims.length];
      strides = new int[newDims.length];
    }
    axes = 0;
    for (int axis = 0; axis < newDims.length; axis++) {
      if (newDims[axis] == 1) continue;
      if (axes > 0 && strides[axes - 1] == newStrides[axis] * newDims[axis]) axes--;
      else
        dims[axes] = 1;
      dims[axes] *= newDims[axis];
      strides[axes++] = newStrides[axis];
    }
    if (axes == 0) {
      dims[0] = 1;
      strides[0] = 1;
      axes = 1;
    }
    return this;
  }

  /// Whether the operand has the order of the result, so that it can be read where it is.
  boolean isPlain() {
    return axes == 1 && strides[0] == 1;
  }

  /// target[0 … count) = the operand's elements for the result's elements from `first` on.
  void copy(int first, int count, float[] operand, int operand0, float[] target, int target0) {
    int inner = dims[axes - 1];
    int stride = strides[axes - 1];
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
    for (int axis = axes - 2; axis >= 0; axis--) {
      offset += rest % dims[axis] * strides[axis];
      rest /= dims[axis];
    }
    return offset;
  }
}
