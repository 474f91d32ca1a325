package dev.anyrate.engine.kernel.scalar;

/// Some axes of a tensor: how many elements each has, and how far apart they lie in memory.
///
/// @param dims    elements of each axis, outermost first
/// @param strides distance in memory from one element of an axis to the next; 0 where the axis repeats one element
record Axes(int[] dims, int[] strides) {
  /// All axes of a tensor without gaps.
  static Axes rowMajor(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return new Axes(dims, strides);
  }

  /// The chosen axes, in the order of the choice.
  Axes choose(int... chosen) {
    int[] chosenDims = new int[chosen.length];
    int[] chosenStrides = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosenDims[i] = dims[chosen[i]];
      chosenStrides[i] = strides[chosen[i]];
    }
    return new Axes(chosenDims, chosenStrides);
  }

  /// How many elements the axes span; 1 where there is no axis.
  int size() {
    int product = 1;
    for (int dim : dims) product *= dim;
    return product;
  }

  /// Where the element stands in memory that is number `index` in row-major order.
  int offset(int index) {
    int offset = 0;
    int rest = index;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      offset += rest % dims[axis] * strides[axis];
      rest /= dims[axis];
    }
    return offset;
  }
}
