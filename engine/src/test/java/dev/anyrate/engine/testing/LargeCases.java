package dev.anyrate.engine.testing;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Attention;
import dev.anyrate.engine.ops.BatchNorm;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.CosineSimilarity;
import dev.anyrate.engine.ops.GroupNorm;
import dev.anyrate.engine.ops.L2Normalize;
import dev.anyrate.engine.ops.LayerNorm;
import dev.anyrate.engine.ops.LogSoftmax;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.MaxOverTime;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.ops.Softmax;
import dev.anyrate.engine.ops.StatisticsOverTime;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Operands larger than every block, panel and part into which kernels cut their work, and no multiple of any. A reference written for the reader
/// would take minutes here: what they are compared with is the scalar backend, which the small cases prove.
public final class LargeCases {
  private static final float EPSILON = 1e-5f;
  private static final float[] LENGTHS = {1203, 700, 1};

  private LargeCases() {}

  /// Every case. They have no reference.
  public static List<OpCase> all() {
    Shape series = Shape.of(LENGTHS.length, (int) LENGTHS[0], 37);
    Shape channels = Shape.of(37);
    return List.of(
        of("matrix product", in -> new MatMul(in.get(0), false, in.get(1), false), Shape.of(21, 1100), Shape.of(1100, 1057)),
        of("matrix product, both transposed", in -> new MatMul(in.get(0), true, in.get(1), true), Shape.of(1100, 21),
            Shape.of(1057, 1100)),
        of("matrix product, more rows to sum over than a device takes in one launch",
            in -> new MatMul(in.get(0), true, in.get(1), false),
            Shape.of(66_001, 5), Shape.of(66_001, 7)),
        of("matrix products, more of them than a device takes in one launch",
            in -> new MatMul(in.get(0), false, in.get(1), false),
            Shape.of(66_001, 2, 3), Shape.of(66_001, 3, 2)),
        of("sum of more rows than a device takes in one launch", in -> new Binary(BinaryFunction.ADD, in.get(0), in.get(1)),
            Shape.of(66_001, 33), Shape.of(33)),
        of("convolution", in -> new Conv1d(in.get(0), in.get(1), in.get(2), 1, 1, 1, 1), Shape.of(3, 601, 37),
            Shape.of(70, 37, 3), Shape.of(70)),
        of("convolution, strided, dilated, grouped", in -> new Conv1d(in.get(0), in.get(1), null, 2, 4, 3, 2),
            Shape.of(3, 901, 38), Shape.of(70, 19, 5)),
        of("sum over rows", in -> new Sum(in.getFirst(), List.of(0), false), Shape.of(9001, 19)),
        of("sum over columns", in -> new Sum(in.getFirst(), List.of(1), false), Shape.of(19, 9001)),
        of("sum of all", in -> new Sum(in.getFirst(), List.of(0, 1), false), Shape.of(19, 9001)),
        of("permutation", in -> new Permute(in.getFirst(), List.of(2, 0, 1)), Shape.of(37, 31, 67)),
        of("gelu", in -> new Unary(UnaryFunction.GELU, in.getFirst()), Shape.of(70_001)),
        of("product, repeated along three axes", in -> new Binary(BinaryFunction.MULTIPLY, in.get(0), in.get(1)),
            Shape.of(41, 1, 67), Shape.of(39, 1)),
        of("softmax", in -> new Softmax(in.getFirst()), Shape.of(7, 9001)),
        of("log-softmax", in -> new LogSoftmax(in.getFirst()), Shape.of(7, 9001)),
        withLengths(
            of("attention", in -> new Attention(in.get(0), in.get(1), 2), Shape.of(LENGTHS.length, (int) LENGTHS[0], 30))),
        of("mean squared error", in -> new MeanSquaredError(in.get(0), in.get(1)), Shape.of(70_001), Shape.of(70_001)),
        of("unit length", in -> new L2Normalize(in.getFirst(), EPSILON), Shape.of(37, 5001)),
        of("cosine", in -> new CosineSimilarity(in.get(0), in.get(1), EPSILON), Shape.of(37, 5001), Shape.of(37, 5001)),
        of("nt-xent", in -> new NtXent(in.getFirst(), 0.2f, EPSILON), Shape.of(1302, 33)),
        of("nt-xent, even count of blocks, partners in the same block", in -> new NtXent(in.getFirst(), 0.05f, EPSILON),
            Shape.of(380, 64)),
        of("nt-xent, tiny temperature", in -> new NtXent(in.getFirst(), 0.002f, EPSILON), Shape.of(902, 33)),
        of("layer norm", in -> new LayerNorm(in.get(0), in.get(1), in.get(2), EPSILON), Shape.of(301, 601), Shape.of(601),
            Shape.of(601)),
        withLengths(
            of("group norm", in -> new GroupNorm(in.get(0), in.get(3), in.get(1), in.get(2), 1, EPSILON), series, channels,
                channels)),
        withLengths(of("batch norm", in -> new BatchNorm(in.get(0), in.get(6), in.get(1), in.get(2), in.get(3), in.get(4),
            in.get(5), false, 0.1f, EPSILON, true), series, channels, channels, channels, channels, series), 3, 4),
        withLengths(of("max over time", in -> new MaxOverTime(in.get(0), in.get(1)), series)),
        withLengths(of("statistics over time", in -> new StatisticsOverTime(in.get(0), in.get(1), EPSILON), series)));
  }

  private static OpCase of(String name, Function<List<Tensor>, Op> op, Shape... shapes) {
    List<OpCase.Input> inputs = new ArrayList<>();
    for (Shape shape : shapes) inputs.add(new OpCase.Input(shape, Numbers.random(shape.size(), inputs.size()), true));
    return new OpCase("large " + name, inputs, op, _ -> {
      throw new UnsupportedOperationException("large " + name + " has no reference");
    }, 1e-5);
  }

  /// The case with the valid lengths as one more input.
  ///
  /// @param statistics indices of inputs that get no gradient
  private static OpCase withLengths(OpCase opCase, int... statistics) {
    List<OpCase.Input> inputs = new ArrayList<>(opCase.inputs());
    inputs.add(new OpCase.Input(Shape.of(LENGTHS.length), LENGTHS, false));
    for (int i : statistics) inputs.set(i, new OpCase.Input(inputs.get(i).shape(), inputs.get(i).values(), false));
    return new OpCase(opCase.name(), inputs, opCase.op(), opCase.reference(), opCase.tolerance());
  }
}
