package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.SafetensorsFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Runs the graph of one golden case on a tape and compares its results and gradients.
///
/// Tensors that the graph takes from the case require a gradient where the case has one.
final class GoldenGraph implements AutoCloseable {
  private final GoldenCase golden;
  private final Kernels kernels;
  private final Tape tape;
  private final Map<String, Tensor> leaves = new LinkedHashMap<>();

  GoldenGraph(GoldenCase golden, Kernels kernels) {
    this.golden = golden;
    this.kernels = kernels;
    this.tape = new Tape(kernels, true);
  }

  /// The operation whose result `y` is what `graph` returns.
  static GoldenOperation of(Function<GoldenGraph, Tensor> graph) {
    return (golden, kernels) -> {
      try (var run = new GoldenGraph(golden, kernels)) {
        Tensor y = graph.apply(run);
        run.checkOutput("y", y);
        run.checkGradients(y);
      }
    };
  }

  GoldenCase golden() {
    return golden;
  }

  Tape tape() {
    return tape;
  }

  Tensor run(Op op) {
    return tape.run(op);
  }

  /// `in.NAME` or `param.NAME`, with the wish for a gradient where `grad.NAME` exists.
  Tensor leaf(String name) {
    SafetensorsFile.Entry entry = golden.tensor(golden.has("in." + name) ? "in." + name : "param." + name);
    Tensor leaf = constant(shape(entry), entry.floats()).requiringGradient(golden.has("grad." + name));
    leaves.put(name, leaf);
    return leaf;
  }

  /// As [#leaf], null where the case has no such tensor.
  Tensor leafOrNull(String name) {
    return golden.has("in." + name) || golden.has("param." + name) ? leaf(name) : null;
  }

  Tensor constant(Shape shape, float... values) {
    return tape.constant(shape, values);
  }

  Tensor full(Shape shape, float value) {
    Tensor tensor = constant(shape, new float[shape.size()]);
    kernels.transfer().fill(tensor.storage(), value);
    return tensor;
  }

  /// The valid length of each series: `in.lengths`, else all samples.
  Tensor lengths(int batch, int length) {
    return golden.has("in.lengths") ? leaf("lengths") : full(Shape.of(batch), length);
  }

  /// From `[B, C, L]` to `[B, L, C]`, and back.
  Tensor swapped(Tensor series) {
    return run(new Permute(series, List.of(0, 2, 1)));
  }

  void checkOutput(String name, Tensor result) {
    SafetensorsFile.Entry expected = golden.tensor("out." + name);
    if (!result.shape().equals(shape(expected))) {
      throw new AssertionError(golden + ": " + name + " is " + result.shape() + ", expected " + expected.shape());
    }
    Compare.assertClose(golden + ": " + name, expected.doubles(), Numbers.download(kernels, result.storage()),
        GoldenTolerance.OUTPUT);
  }

  /// Compares the gradient of `Σ y·in.dy`, or of `y` where there is no `in.dy`.
  void checkGradients(Tensor y) {
    Map<String, SafetensorsFile.Entry> expected = golden.tensorsUnder("grad.");
    if (expected.isEmpty()) return;
    Gradients gradients = golden.has("in.dy") ? tape.backward(y, leaf("dy")) : tape.backward(y);
    double largest = expected.values().stream().mapToDouble(entry -> Compare.norm(entry.doubles())).max().orElseThrow();
    expected.forEach((name, entry) -> {
      if (!leaves.containsKey(name)) throw new AssertionError(golden + ": the graph did not use " + name);
      Tensor gradient = gradients.of(leaves.get(name));
      if (gradient == null) throw new AssertionError(golden + ": " + name + " got no gradient");
      GoldenTolerance.checkGradient(golden + ": gradient of " + name, entry.doubles(),
          Numbers.download(kernels, gradient.storage()), largest);
    });
  }

  static Shape shape(SafetensorsFile.Entry entry) {
    return Shape.of(entry.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void close() {
    tape.close();
  }
}
