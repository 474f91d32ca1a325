package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Scale;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cases of [Binary], [Unary] and [Scale].
public final class ElementwiseCases {
  /// Pairs of shapes that broadcast: the same, a scalar, a row, a column, both ways at once, and larger than a block.
  private static final int[][][] BROADCASTS = {{{2, 3, 4}, {2, 3, 4}}, {{1}, {3, 6}}, {{3, 6}, {1}}, {{5}, {2, 5}},
      {{13, 25}, {25}}, {{13, 25}, {13, 1}}, {{9, 1}, {17}}, {{4, 1, 7}, {3, 1}}, {{2, 1, 4, 1}, {3, 1, 5}},
      {{2, 5, 9}, {1, 1, 9}}, {{1, 1, 1}, {1}}, {{130, 257}, {257}}, {{7, 33, 9}, {7, 1, 9}}};

  /// Functions whose argument may be large: these must saturate without NaN.
  private static final Set<UnaryFunction> SATURATING = EnumSet.of(UnaryFunction.GELU, UnaryFunction.GELU_TANH, UnaryFunction.SILU,
      UnaryFunction.SIGMOID, UnaryFunction.TANH);

  private ElementwiseCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (BinaryFunction function : BinaryFunction.values()) {
      for (int[][] shapes : BROADCASTS) cases.add(binary(function, shapes[0], shapes[1]));
      Sizes.aroundLanes().forEach(size -> cases.add(binary(function, new int[] {size}, new int[] {size})));
    }
    cases.add(square());
    cases.add(twice());
    for (UnaryFunction function : UnaryFunction.values()) {
      Sizes.aroundLanes().forEach(size -> cases.add(unary(function, size)));
      cases.add(unary(function, 13, 25));
      cases.add(unary(function, 5, 79, 83));
    }
    for (UnaryFunction function : SATURATING) {
      cases.add(saturated(function));
      cases.add(huge(function));
    }
    Sizes.aroundLanes().forEach(size -> cases.add(scale(size)));
    cases.add(scale(13, 25));
    return cases;
  }

  private static OpCase binary(BinaryFunction function, int[] a, int[] b) {
    return new CaseBuilder(name(function) + " " + Shape.of(a) + " and " + Shape.of(b)).values(a).awayFromZero(b)
        .build(tensors -> new Binary(function, tensors.get(0), tensors.get(1)), x -> reference(function, a, x[0], b, x[1]));
  }

  /// One tensor in both roles.
  private static OpCase square() {
    return new CaseBuilder("multiply a tensor by itself").values(13, 7)
        .build(tensors -> new Binary(BinaryFunction.MULTIPLY, tensors.get(0), tensors.get(0)),
            x -> reference(BinaryFunction.MULTIPLY, new int[] {13, 7}, x[0], new int[] {13, 7}, x[0]));
  }

  /// One tensor in both roles, each with the same gradient.
  private static OpCase twice() {
    return new CaseBuilder("add a tensor to itself").values(13, 7)
        .build(tensors -> new Binary(BinaryFunction.ADD, tensors.get(0), tensors.get(0)),
            x -> reference(BinaryFunction.ADD, new int[] {13, 7}, x[0], new int[] {13, 7}, x[0]));
  }

  private static OpCase unary(UnaryFunction function, int... dims) {
    var builder = new CaseBuilder(name(function) + " " + Shape.of(dims));
    switch (function) {
      case LOG, SQRT -> builder.between(0.1f, 3, dims);
      case RELU -> builder.awayFromZero(dims);
      default -> builder.between(-3, 3, dims);
    }
    return builder.build(tensors -> new Unary(function, tensors.getFirst()), x -> reference(function, x[0]));
  }

  private static OpCase saturated(UnaryFunction function) {
    return new CaseBuilder(name(function) + " of large arguments").between(-100, 100, 207)
        .build(tensors -> new Unary(function, tensors.getFirst()), x -> reference(function, x[0]));
  }

  /// Arguments whose squares or cubes no float holds.
  private static OpCase huge(UnaryFunction function) {
    float[] values = {1e10f, -1e10f, 1e20f, -1e20f, 1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, 1};
    return new CaseBuilder(name(function) + " of huge arguments").given(values, values.length)
        .build(tensors -> new Unary(function, tensors.getFirst()), x -> reference(function, x[0]));
  }

  private static OpCase scale(int... dims) {
    float factor = -1.75f;
    return new CaseBuilder("scale " + Shape.of(dims)).values(dims).build(tensors -> new Scale(tensors.getFirst(), factor), x -> {
      double[] y = new double[x[0].length];
      for (int i = 0; i < y.length; i++) y[i] = factor * x[0][i];
      return y;
    });
  }

  private static String name(Enum<?> function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private static double[] reference(BinaryFunction function, int[] aDims, double[] a, int[] bDims, double[] b) {
    int[] dims = broadcast(aDims, bDims);
    double[] y = new double[Shape.of(dims).size()];
    for (int i = 0; i < y.length; i++) {
      double left = a[source(i, dims, aDims)];
      double right = b[source(i, dims, bDims)];
      y[i] = switch (function) {
        case ADD -> left + right;
        case SUBTRACT -> left - right;
        case MULTIPLY -> left * right;
        case DIVIDE -> left / right;
      };
    }
    return y;
  }

  private static int[] broadcast(int[] a, int[] b) {
    int[] dims = new int[Math.max(a.length, b.length)];
    for (int fromEnd = 1; fromEnd <= dims.length; fromEnd++) {
      int left = fromEnd <= a.length ? a[a.length - fromEnd] : 1;
      int right = fromEnd <= b.length ? b[b.length - fromEnd] : 1;
      dims[dims.length - fromEnd] = Math.max(left, right);
    }
    return dims;
  }

  /// Where element i of the result comes from in an operand: the same index, or 0 along the axes that it repeats.
  private static int source(int i, int[] dims, int[] operand) {
    int source = 0;
    int stride = 1;
    for (int fromEnd = 1; fromEnd <= operand.length; fromEnd++) {
      int index = i % dims[dims.length - fromEnd];
      i /= dims[dims.length - fromEnd];
      int dim = operand[operand.length - fromEnd];
      if (dim > 1) source += index * stride;
      stride *= dim;
    }
    return source;
  }

  private static double[] reference(UnaryFunction function, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) y[i] = value(function, x[i]);
    return y;
  }

  private static double value(UnaryFunction function, double x) {
    return switch (function) {
      case RELU -> Math.max(x, 0);
      case GELU -> 0.5 * x * (1 + erf(x / Math.sqrt(2)));
      case GELU_TANH -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case SILU -> x / (1 + Math.exp(-x));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
    };
  }

  /// erf x = 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n + 1)), whose terms all have the sign of x, so nothing cancels
  /// (<https://dlmf.nist.gov/7.6#E2>).
  private static double erf(double x) {
    if (Math.abs(x) > 6) return Math.signum(x); // 1 − erf 6 is 2e-17
    double term = x;
    double sum = 0;
    for (int n = 0; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 3);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
