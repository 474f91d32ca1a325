package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Mean;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [Sum] and [Mean].
public final class ReductionCases {
  private ReductionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    List<List<Integer>> choices = List.of(List.of(0), List.of(1), List.of(2), List.of(0, 1), List.of(0, 2), List.of(-1, 1),
        List.of(0, 1, 2));
    for (List<Integer> axes : choices) {
      add(cases, axes, true, 4, 5, 6);
      add(cases, axes, false, 4, 5, 6);
    }
    Sizes.aroundLanes().forEach(size -> {
      add(cases, List.of(0), false, 3, size);
      add(cases, List.of(1), false, 3, size);
      add(cases, List.of(0), false, size);
    });
    add(cases, List.of(1, 3), true, 2, 3, 4, 5);
    add(cases, List.of(0, 2), false, 2, 3, 1, 5);
    add(cases, List.of(0, 1), false, 70, 90, 7);
    add(cases, List.of(1), false, 13, 3000);
    return cases;
  }

  private static void add(List<OpCase> cases, List<Integer> axes, boolean keepDims, int... dims) {
    String setting = " " + Shape.of(dims) + " over " + axes + (keepDims ? ", dimensions kept" : "");
    cases.add(new CaseBuilder("sum" + setting).values(dims)
        .build(tensors -> new Sum(tensors.getFirst(), axes, keepDims), x -> sum(dims, axes, x[0])));
    cases.add(new CaseBuilder("mean" + setting).values(dims).build(tensors -> new Mean(tensors.getFirst(), axes, keepDims), x -> {
      double[] y = sum(dims, axes, x[0]);
      double count = (double) x[0].length / y.length;
      for (int i = 0; i < y.length; i++) y[i] /= count;
      return y;
    }));
  }

  private static double[] sum(int[] dims, List<Integer> axes, double[] x) {
    int[] kept = dims.clone();
    for (int axis : axes) kept[Math.floorMod(axis, dims.length)] = 1;
    double[] y = new double[Arrays.stream(kept).reduce(1, (product, dim) -> product * dim)];
    for (int i = 0; i < x.length; i++) y[target(i, dims, kept)] += x[i];
    return y;
  }

  /// Where element i goes: its index without the summed axes.
  private static int target(int i, int[] dims, int[] kept) {
    int target = 0;
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (kept[axis] > 1) target += i % dims[axis] * stride;
      i /= dims[axis];
      stride *= kept[axis];
    }
    return target;
  }
}
