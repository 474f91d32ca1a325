package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.ops.Reshape;
import dev.anyrate.engine.ops.Slice;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [Concat], [Slice], [Permute] and [Reshape].
public final class LayoutCases {
  private LayoutCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (int axis = -3; axis < 3; axis++) {
      cases.add(concat(axis, new int[] {3, 4, 5}, 4, 1, 2));
      cases.add(slice(axis, 1, 3, 3, 4, 5));
    }
    cases.add(concat(0, new int[] {7}, 7, 13));
    cases.add(concat(1, new int[] {2, 9}, 9));
    cases.add(withItself());
    cases.add(slice(0, 0, 9, 9));
    cases.add(slice(1, 24, 25, 13, 25));
    cases.add(slice(1, 2, 2, 3, 4));
    for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
      cases.add(permute(order, 3, 4, 5));
      cases.add(permute(order, 17, 33, 9));
    }
    Sizes.aroundLanes().forEach(size -> cases.add(permute(new int[] {0, 2, 1}, 2, size, 7)));
    cases.add(permute(new int[] {1, 0}, 70, 90));
    cases.add(permute(new int[] {0}, 5));
    cases.add(permute(new int[] {3, 1, 0, 2}, 2, 3, 4, 5));
    cases.add(reshape(Shape.of(4, 6), 2, 3, 4));
    cases.add(reshape(Shape.of(1), 1, 1));
    return cases;
  }

  /// @param dims    of all inputs but for the axis
  /// @param lengths of the inputs along the axis
  private static OpCase concat(int axis, int[] dims, int... lengths) {
    int front = Math.floorMod(axis, dims.length);
    var builder = new CaseBuilder("concat " + Shape.of(dims) + " along " + axis + ", lengths " + Arrays.toString(lengths));
    for (int length : lengths) {
      int[] changed = dims.clone();
      changed[front] = length;
      builder.values(changed);
    }
    return builder.build(tensors -> new Concat(tensors, axis), x -> {
      int rows = product(dims, 0, front);
      int behind = product(dims, front + 1, dims.length);
      double[] y = new double[Arrays.stream(x).mapToInt(part -> part.length).sum()];
      int next = 0;
      for (int row = 0; row < rows; row++) {
        for (int part = 0; part < x.length; part++) {
          int width = lengths[part] * behind;
          for (int i = 0; i < width; i++) y[next++] = x[part][row * width + i];
        }
      }
      return y;
    });
  }

  /// One tensor in two roles.
  private static OpCase withItself() {
    return new CaseBuilder("concat a tensor with itself").values(5)
        .build(tensors -> new Concat(List.of(tensors.getFirst(), tensors.getFirst()), 0), x -> {
          double[] y = Arrays.copyOf(x[0], 10);
          System.arraycopy(x[0], 0, y, 5, 5);
          return y;
        });
  }

  private static OpCase slice(int axis, int start, int end, int... dims) {
    int front = Math.floorMod(axis, dims.length);
    return new CaseBuilder("slice " + Shape.of(dims) + " along " + axis + " from " + start + " to " + end).values(dims)
        .build(tensors -> new Slice(tensors.getFirst(), axis, start, end), x -> {
          int behind = product(dims, front + 1, dims.length);
          double[] y = new double[product(dims, 0, front) * (end - start) * behind];
          int next = 0;
          for (int i = 0; i < x[0].length; i++) {
            int index = i / behind % dims[front];
            if (index >= start && index < end) y[next++] = x[0][i];
          }
          return y;
        });
  }

  private static OpCase permute(int[] order, int... dims) {
    return new CaseBuilder("permute " + Shape.of(dims) + " by " + Arrays.toString(order)).values(dims)
        .build(tensors -> new Permute(tensors.getFirst(), order), x -> {
          double[] y = new double[x[0].length];
          for (int i = 0; i < y.length; i++) y[target(i, dims, order)] = x[0][i];
          return y;
        });
  }

  /// Where element i of x goes.
  private static int target(int i, int[] dims, int[] order) {
    int[] index = new int[dims.length];
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = i % dims[axis];
      i /= dims[axis];
    }
    int target = 0;
    for (int axis : order) target = target * dims[axis] + index[axis];
    return target;
  }

  private static OpCase reshape(Shape shape, int... dims) {
    return new CaseBuilder("reshape " + Shape.of(dims) + " to " + shape).values(dims)
        .build(tensors -> new Reshape(tensors.getFirst(), shape), x -> x[0]);
  }

  private static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) product *= dims[axis];
    return product;
  }
}
