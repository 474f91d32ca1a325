package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.BatchNorm;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.CosineSimilarity;
import dev.anyrate.engine.ops.CrossEntropy;
import dev.anyrate.engine.ops.GroupNorm;
import dev.anyrate.engine.ops.L2Normalize;
import dev.anyrate.engine.ops.LayerNorm;
import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.ops.LogSoftmax;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.MaxOverTime;
import dev.anyrate.engine.ops.Mean;
import dev.anyrate.engine.ops.MeanOverTime;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.ops.NtXent;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.ops.Slice;
import dev.anyrate.engine.ops.Softmax;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How each operation that golden cases name is run by this engine.
public final class GoldenOperations {
  private static final float NORMALIZE_EPSILON = 1e-12f;
  private static final float COSINE_EPSILON = 1e-8f;

  private static final Map<String, GoldenOperation> OPERATIONS = new HashMap<>();

  static {
    binary("add", BinaryFunction.ADD);
    binary("sub", BinaryFunction.SUBTRACT);
    binary("mul", BinaryFunction.MULTIPLY);
    binary("div", BinaryFunction.DIVIDE);
    for (UnaryFunction function : UnaryFunction.values()) {
      graph(function.name().toLowerCase(Locale.ROOT), in -> in.run(new Unary(function, in.leaf("x"))));
    }
    graph("sum", in -> in.run(new Sum(in.leaf("x"), in.golden().counts("dims"), in.golden().flag("keepdim"))));
    graph("mean", in -> in.run(new Mean(in.leaf("x"), in.golden().counts("dims"), in.golden().flag("keepdim"))));
    graph("permute", in -> in.run(new Permute(in.leaf("x"), in.golden().counts("order"))));
    graph("concat", in -> in.run(new Concat(List.of(in.leaf("a"), in.leaf("b")), in.golden().count("dim"))));
    graph("slice", in -> in.run(
        new Slice(in.leaf("x"), in.golden().count("dim"), in.golden().count("start"), in.golden().count("end"))));

    graph("matmul", in -> in.run(
        new MatMul(in.leaf("a"), in.golden().flag("transpose_a"), in.leaf("b"), in.golden().flag("transpose_b"))));
    graph("linear", in -> in.run(new Linear(in.leaf("x"), in.leaf("w"), in.leafOrNull("bias"))));
    graph("conv1d", GoldenOperations::conv1d);
    OPERATIONS.put("batch_norm", GoldenOperations::batchNorm);
    graph("layer_norm", in -> in.run(
        new LayerNorm(in.leaf("x"), in.leaf("gamma"), in.leaf("beta"), in.golden().number("eps"))));
    graph("group_norm", GoldenOperations::groupNorm);
    graph("masked_mean", in -> {
      Tensor x = in.swapped(in.leaf("x"));
      return in.run(new MeanOverTime(x, in.lengths(x.dim(0), x.dim(1))));
    });
    graph("max", in -> {
      Tensor x = in.swapped(in.leaf("x"));
      return in.run(new MaxOverTime(x, in.lengths(x.dim(0), x.dim(1))));
    });

    graph("softmax", in -> in.run(new Softmax(in.leaf("x"))));
    graph("log_softmax", in -> in.run(new LogSoftmax(in.leaf("x"))));
    graph("cross_entropy", in -> in.run(new CrossEntropy(in.leaf("x"), in.leaf("labels"))));
    graph("mse", in -> in.run(new MeanSquaredError(in.leaf("a"), in.leaf("b"))));
    graph("l2_normalize", in -> in.run(new L2Normalize(in.leaf("x"), in.golden().number("eps", NORMALIZE_EPSILON))));
    graph("cosine_similarity", in -> in.run(
        new CosineSimilarity(in.leaf("a"), in.leaf("b"), in.golden().number("eps", COSINE_EPSILON))));
    graph("nt_xent", in -> {
      Tensor views = in.run(new Concat(List.of(in.leaf("z1"), in.leaf("z2")), 0));
      return in.run(new NtXent(views, in.golden().number("temperature"), NORMALIZE_EPSILON));
    });

    OPERATIONS.put("multi_head_attention", GoldenOperations::multiHeadAttention);
    graph("transformer_layer", GoldenAttention::transformerLayer);
    OPERATIONS.put("contrastive_cnn", new GoldenContrastiveCnn());
    OPERATIONS.put("optimizer", new GoldenOptimizer());
  }

  private GoldenOperations() {}

  /// How to run an operation; empty for a name that this engine does not know.
  public static Optional<GoldenOperation> find(String name) {
    return Optional.ofNullable(OPERATIONS.get(name));
  }

  private static void graph(String name, Function<GoldenGraph, Tensor> graph) {
    OPERATIONS.put(name, GoldenGraph.of(graph));
  }

  private static void binary(String name, BinaryFunction function) {
    graph(name, in -> in.run(new Binary(function, in.leaf("a"), in.leaf("b"))));
  }

  private static Tensor conv1d(GoldenGraph in) {
    GoldenCase golden = in.golden();
    Tensor x = in.swapped(in.leaf("x"));
    Tensor weight = in.leaf("w");
    int groups = x.dim(2) / weight.dim(1);
    return in.swapped(in.run(new Conv1d(x, weight, in.leafOrNull("bias"), golden.count("stride"), golden.count("padding"),
        golden.count("dilation"), groups)));
  }

  /// Composed of plain operations, and where that has no mask of its own also by the fused kernel.
  private static void multiHeadAttention(GoldenCase golden, Kernels kernels) {
    GoldenGraph.of(in -> GoldenAttention.composed(in, in.leaf("x"))).check(golden, kernels);
    if (!golden.flag("causal")) GoldenGraph.of(in -> GoldenAttention.fused(in, in.leaf("x"))).check(golden, kernels);
  }

  private static Tensor groupNorm(GoldenGraph in) {
    Tensor x = in.swapped(in.leaf("x"));
    return in.swapped(in.run(new GroupNorm(x, in.lengths(x.dim(0), x.dim(1)), in.leaf("gamma"), in.leaf("beta"),
        in.golden().count("groups"), in.golden().number("eps"))));
  }

  private static void batchNorm(GoldenCase golden, Kernels kernels) {
    try (var in = new GoldenGraph(golden, kernels)) {
      boolean training = golden.flag("training");
      Tensor x = in.swapped(in.leaf("x"));
      Shape channels = Shape.of(x.dim(2));
      Tensor runningMean = training ? in.full(channels, 0) : in.leaf("running_mean");
      Tensor runningVariance = training ? in.full(channels, 1) : in.leaf("running_var");
      float momentum = training ? golden.number("momentum") : 0;
      Tensor y = in
          .swapped(in.run(new BatchNorm(x, in.lengths(x.dim(0), x.dim(1)), in.leaf("gamma"), in.leaf("beta"), runningMean,
              runningVariance, null, false, momentum, golden.number("eps"), training)));
      in.checkOutput("y", y);
      if (training) {
        in.checkOutput("running_mean", runningMean);
        in.checkOutput("running_var", runningVariance);
      }
      in.checkGradients(y);
    }
  }
}
