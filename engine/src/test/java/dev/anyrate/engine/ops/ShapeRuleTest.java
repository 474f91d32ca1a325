package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every operation refuses what does not fit it when it is made, and says which operation, what it was given, the rule and what to do.
class ShapeRuleTest {
  private final List<DynamicTest> rules = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> refusedWithTheReason() {
    arithmetic();
    layout();
    matrices();
    convolutions();
    normalizations();
    series();
    losses();
    return rules.stream();
  }

  private void arithmetic() {
    refused(
        "divide: [2, 3] and [2] do not broadcast; aligned at the right, each pair of dimensions must be equal or one of them 1",
        () -> new Binary(BinaryFunction.DIVIDE, tensor(2, 3), tensor(2)));
    refused("dropout: step is [2]; step must be one number", () -> new Dropout(tensor(2), tensor(2), 0.5f, 1));
    refused("next step: counter is [2]; the counter must be one number", () -> new NextStep(tensor(2)));
    refused("sum: x is [2, 3], axes is []; name at least one axis, and each one once",
        () -> new Sum(tensor(2, 3), List.of(), false));
    refused("sum: x is [2, 3], axes is [1, -1]; name at least one axis, and each one once",
        () -> new Sum(tensor(2, 3), List.of(1, -1), false));
    refused("shape: axis 2 does not exist in [2, 3]", () -> new Sum(tensor(2, 3), List.of(2), false));
    refused("mean: x is [2, 0], axes is [1]; there must be something to average",
        () -> new Mean(tensor(2, 0), List.of(1), false));
    refused("cosine similarity: a is [2, 3], b is [3]; both must have the same shape",
        () -> new CosineSimilarity(tensor(2, 3), tensor(3), 1e-8f));
    refused("cosine similarity: epsilon is 0.0; it must be a finite number above 0, such as 1e-8",
        () -> new CosineSimilarity(tensor(3), tensor(3), 0));
    refused("l2 normalize: epsilon is NaN; it must be a finite number above 0, such as 1e-8",
        () -> new L2Normalize(tensor(3), Float.NaN));
  }

  private void layout() {
    refused("concat: there is no tensor; give at least one", () -> new Concat(List.of(), 0));
    refused(
        "concat: first is [2, 3], another is [2, 4], axis is 0; all tensors must be equal in all dimensions but that of the axis",
        () -> new Concat(List.of(tensor(2, 3), tensor(2, 4)), 0));
    refused(
        "concat: first is [2, 3], another is [3], axis is 1; all tensors must be equal in all dimensions but that of the axis",
        () -> new Concat(List.of(tensor(2, 3), tensor(3)), -1));
    refused("permute: x is [2, 3], order is [0, 0]; the order must name each axis of x once, from 0",
        () -> new Permute(tensor(2, 3), 0, 0));
    refused("reshape: x is [2, 3], new shape is [5]; both shapes must have the same number of elements",
        () -> new Reshape(tensor(2, 3), Shape.of(5)));
    refused("slice: x is [2, 3], axis is 1, start is 2, end is 4; the range start … end must lie within the axis",
        () -> new Slice(tensor(2, 3), -1, 2, 4));
  }

  private void matrices() {
    refused("matmul: a is [3], b is [3, 2]; both must be matrices or batches of them",
        () -> new MatMul(tensor(3), tensor(3, 2)));
    refused("matmul: a is [2, 4, 3], b is [3, 5]; the dimensions in front of the matrices must be equal",
        () -> new MatMul(tensor(2, 4, 3), tensor(3, 5)));
    refused("matmul: a is [4, 3], transposed b is [3, 5]; the columns of op(a) must be the rows of op(b); transpose one of them?",
        () -> new MatMul(tensor(4, 3), false, tensor(3, 5), true));
    refused("linear: weight is [3]; weight must be a matrix [out, in]", () -> new Linear(tensor(2, 3), tensor(3), null));
    refused("linear: x is [2, 3], weight is [3, 4]; x must have the shape […, in] and weight [out, in]; transpose the weight, or"
        + " give the layer its input size?", () -> new Linear(tensor(2, 3), tensor(3, 4), null));
    refused("linear: weight is [4, 3], bias is [3]; bias must have one number for each row of weight [out, in]",
        () -> new Linear(tensor(2, 3), tensor(4, 3), tensor(3)));
    refused("linear: x is [2, 3], weight is [4, 3], residual is [2, 3]; residual must have the shape of the result, that of x"
        + " with the rows of weight [out, in] at its end",
        () -> new Linear(tensor(2, 3), tensor(4, 3), null, tensor(2, 3)));
  }

  private void convolutions() {
    refused("conv1d: x is [2, 9], weight is [4, 3, 5]; x must have the shape [B, L, Cin] and weight [Cout, Cin/groups, K]",
        () -> new Conv1d(tensor(2, 9), tensor(4, 3, 5), null, 1, 0, 1, 1));
    refused("conv1d: input has 6 channels, weight expects 3; give the layer or encoder as many input channels as its series have",
        () -> new Conv1d(tensor(2, 9, 6), tensor(4, 3, 5), null, 1, 0, 1, 1));
    refused("conv1d: weight is [4, 3, 5], bias is [3]; bias must have one number for each output channel, the first axis of"
        + " weight", () -> new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), tensor(3), 1, 0, 1, 1));
    refused("conv1d: input channels is 3, output channels is 4, groups is 2; groups must divide both channel counts",
        () -> new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), null, 1, 0, 1, 2));
    refused("conv1d: kernel is 5, stride is 0, padding is 0, dilation is 1, groups is 1; kernel, stride, dilation and groups must"
        + " be at least 1, padding at least 0", () -> new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), null, 0, 0, 1, 1));
    String tooShort = "; the padded input must be at least as long as the window, dilation·(kernel − 1) + 1; pad more or give"
        + " longer series";
    refused("conv1d: length is 4, padding is 0, kernel is 5, dilation is 1" + tooShort,
        () -> new Conv1d(tensor(2, 4, 3), tensor(4, 3, 5), null, 1, 0, 1, 1));
    refused("conv1d: length is 9, padding is 1, kernel is 5, dilation is 1073741824" + tooShort, // 2³² samples
        () -> new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), null, 1, 1, 1 << 30, 1));
    refused("normalized conv1d: weight is [4, 3, 5], gamma is [3]; gamma must have one number for each output channel, the first"
        + " axis of weight",
        () -> new NormalizedConv1d(new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), null, 1, 2, 1, 1), tensor(2), tensor(3),
            tensor(4),
            tensor(4), tensor(4), null, true, 1e-5f));
    refused("normalized conv1d: x is [2, 9, 3], weight is [4, 3, 5], residual is [2, 9, 3]; the residual must have the shape of"
        + " the convolution's result",
        () -> new NormalizedConv1d(new Conv1d(tensor(2, 9, 3), tensor(4, 3, 5), null, 1, 2, 1, 1), tensor(2), tensor(4),
            tensor(4),
            tensor(4), tensor(4), tensor(2, 9, 3), true, 1e-5f));
    refused("batch normalized conv1d: x is [1, 5, 3], weight is [4, 3, 5]; one sample has no variance; train with more series, or"
        + " longer ones",
        () -> new BatchNormalizedConv1d(normalizedConvolution(tensor(1, 5, 3), 0), 0.1f));
    refused("batch normalized conv1d: momentum is -0.1; it must be between 0 and 1, such as 0.1",
        () -> new BatchNormalizedConv1d(normalizedConvolution(tensor(2, 9, 3), 2), -0.1f));
    refused("window counts: lengths is [2, 3]; lengths must have the shape [B]", () -> new WindowCounts(tensor(2, 3), 8, 4, 2));
    refused("window counts: window is 0, stride is 4, padding is 2; window and stride must be at least 1, padding at least 0",
        () -> new WindowCounts(tensor(2), 0, 4, 2));
  }

  private static NormalizedConv1d normalizedConvolution(Tensor x, int padding) {
    var convolution = new Conv1d(x, tensor(4, 3, 5), null, 1, padding, 1, 1);
    return new NormalizedConv1d(convolution, tensor(x.dim(0)), tensor(4), tensor(4), tensor(4), tensor(4), null, true, 1e-5f);
  }

  private void normalizations() {
    refused("layer norm: x is [2, 3], gamma is [2]; gamma must have one number for each channel, the innermost axis of x",
        () -> new LayerNorm(tensor(2, 3), tensor(2), tensor(3), 1e-5f));
    refused("layer norm: epsilon is -1.0; it must be a finite number above 0, such as 1e-5",
        () -> new LayerNorm(tensor(2, 3), tensor(3), tensor(3), -1));
    refused("group norm: channels is 6, groups is 4; groups must be at least 1 and divide the channels",
        () -> new GroupNorm(tensor(2, 5, 6), tensor(2), tensor(6), tensor(6), 4, 1e-5f));
    refused("group norm: channels is 6, groups is 0; groups must be at least 1 and divide the channels",
        () -> new GroupNorm(tensor(2, 5, 6), tensor(2), tensor(6), tensor(6), 0, 1e-5f));
    refused("batch norm: x is [2, 5, 6], running mean is [5]; running mean must have one number for each channel, the innermost"
        + " axis of x",
        () -> new BatchNorm(tensor(2, 5, 6), tensor(2), tensor(6), tensor(6), tensor(5), tensor(6), null, true, 0.1f,
            1e-5f, true));
    refused("batch norm: x is [2, 5, 6], residual is [5, 6]; the residual must have the shape of x",
        () -> batchNorm(tensor(2, 5, 6), tensor(5, 6), 0.1f));
    refused("batch norm: x is [1, 1, 6]; one sample has no variance; train with more series, or longer ones",
        () -> batchNorm(tensor(1, 1, 6), null, 0.1f));
    refused("batch norm: momentum is 1.5; it must be between 0 and 1, such as 0.1",
        () -> batchNorm(tensor(2, 5, 6), null, 1.5f));
  }

  private static BatchNorm batchNorm(Tensor x, Tensor residual, float momentum) {
    return new BatchNorm(x, tensor(x.dim(0)), tensor(6), tensor(6), tensor(6), tensor(6), residual, true, momentum, 1e-5f, true);
  }

  private void series() {
    refused("max over time: x is [5, 6]; x must be a batch of series [B, L, C]", () -> new MaxOverTime(tensor(5, 6), tensor(5)));
    refused("mean over time: x is [2, 0, 6]; series must have at least one sample",
        () -> new MeanOverTime(tensor(2, 0, 6), tensor(2)));
    refused("statistics over time: x is [2, 5, 6], lengths is [3]; give one valid length for each series of x [B, L, C]",
        () -> new StatisticsOverTime(tensor(2, 5, 6), tensor(3), 1e-5f));
    refused("relative position: stride is 0; give 1 or more samples",
        () -> new RelativePosition(tensor(2, 5, 6), tensor(2), 0));
    String heads = "; queries, keys and values of all heads must share the channels evenly; give a width that the heads divide";
    refused("attention: qkv is [2, 5, 24], heads is 3" + heads, () -> new Attention(tensor(2, 5, 24), tensor(2), 3));
    refused("attention: qkv is [2, 5, 25], heads is 1" + heads, () -> new Attention(tensor(2, 5, 25), tensor(2), 1));
    refused("attention: qkv is [2, 5, 24], heads is 0" + heads, () -> new Attention(tensor(2, 5, 24), tensor(2), 0));
    refused("attention: qkv is [2, 5, 24], heads is 1431655766" + heads, // three times that is 2 beyond 2³²
        () -> new Attention(tensor(2, 5, 24), tensor(2), 1_431_655_766));
  }

  private void losses() {
    refused("mean squared error: a is [2], b is [3]; both must have the same shape",
        () -> new MeanSquaredError(tensor(2), tensor(3)));
    refused("mean squared error: a is [0]; there must be something to average", () -> new MeanSquaredError(tensor(0), tensor(0)));
    refused("cross-entropy: logits is [0, 3]; logits must have the shape [B, classes], none of them 0",
        () -> new CrossEntropy(tensor(0, 3), tensor(0)));
    refused("cross-entropy: logits is [2, 3], labels is [3]; give one label for each row of logits",
        () -> new CrossEntropy(tensor(2, 3), tensor(3)));
    String views = "; the rows must be two views of each of at least 2 series, [2B, D]; use a larger batch";
    refused("nt-xent: x is [5, 3]" + views, () -> new NtXent(tensor(5, 3), 0.5f, 1e-8f));
    refused("nt-xent: x is [2, 3]" + views, () -> new NtXent(tensor(2, 3), 0.5f, 1e-8f));
    refused("nt-xent: temperature is 0.0; it must be a finite number above 0, such as 0.5",
        () -> new NtXent(tensor(4, 3), 0, 1e-8f));
  }

  private void refused(String message, Supplier<?> operation) {
    rules.add(DynamicTest.dynamicTest(message,
        () -> assertEquals(message, assertThrows(IllegalArgumentException.class, operation::get).getMessage())));
  }

  private static Tensor tensor(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.of(shape, HeapStorage.wrap(new float[shape.size()], 0, shape.size()));
  }
}
