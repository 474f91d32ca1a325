package dev.anyrate.model.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.SafetensorsFile;
import dev.anyrate.engine.testing.golden.GoldenCase;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.GoldenFiles;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A transformer block as PyTorch computes it: result and every gradient.
class GoldenTransformerTest {
  private static final double OUTPUT = 1e-5;
  private static final double GRADIENT = 1e-4;

  /// The bias of the keys moves every score of a row alike, so its gradient is 0, of which float32 leaves rounding: this share of the largest gradient.
  private static final double ZERO = 1e-6;

  /// What this model calls a tensor of the golden file. Queries, keys and values are one parameter here, in this order.
  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("norm1.gamma", List.of("n1g"));
    NAMES.put("norm1.beta", List.of("n1b"));
    NAMES.put("attention.qkv.weight", List.of("wq", "wk", "wv"));
    NAMES.put("attention.qkv.bias", List.of("bq", "bk", "bv"));
    NAMES.put("attention.out.weight", List.of("wo"));
    NAMES.put("attention.out.bias", List.of("bo"));
    NAMES.put("norm2.gamma", List.of("n2g"));
    NAMES.put("norm2.beta", List.of("n2b"));
    NAMES.put("feed_forward.linear1.weight", List.of("w1"));
    NAMES.put("feed_forward.linear1.bias", List.of("b1"));
    NAMES.put("feed_forward.linear2.weight", List.of("w2"));
    NAMES.put("feed_forward.linear2.bias", List.of("b2"));
  }

  @TestFactory
  Stream<DynamicNode> resultAndGradientsAreThoseOfPyTorch() {
    List<GoldenCase> cases = GoldenFiles.of("transformer_layer");
    return BackendUnderTest.each(backend -> cases.stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
      try (Engine engine = TestEngine.open(backend.provider().name())) {
        check(engine, golden);
      }
    })));
  }

  private static void check(Engine engine, GoldenCase golden) {
    SafetensorsFile.Entry input = golden.tensor("in.x"); // [B, P, H]
    var initializer = new Initializer(engine, 1);
    TransformerBlock block = TransformerBlock.create(initializer, input.shape().get(2), golden.count("heads"), 0);
    Map<String, Parameter> parameters = initializer.state().parameters().stream()
        .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    assertEquals(NAMES.keySet(), parameters.keySet());
    NAMES.forEach((name, parts) -> engine.write(parameters.get(name).tensor(), floats(golden, "param.", parts)));
    try (Tape tape = engine.tape()) {
      Tensor x = tensor(tape, input).requiringGradient(true);
      float[] lengths = new float[x.dim(0)];
      Arrays.fill(lengths, x.dim(1));
      Tensor y = block.forward(tape, x, tape.constant(Shape.of(lengths.length), lengths), null);
      Compare.assertClose("y", golden.tensor("out.y").doubles(), engine.toHost(y), OUTPUT);
      Gradients gradients = tape.backward(y, tensor(tape, golden.tensor("in.dy")));
      double largest = golden.tensorsUnder("grad.").values().stream().mapToDouble(entry -> Compare.norm(entry.doubles())).max()
          .orElseThrow();
      compare(engine, golden, "x", List.of("x"), gradients.of(x), largest);
      NAMES.forEach((name, parts) -> compare(engine, golden, name, parts, gradients.of(parameters.get(name).tensor()), largest));
    }
  }

  private static void compare(Engine engine, GoldenCase golden, String name, List<String> parts, Tensor gradient,
      double largest) {
    float[] all = engine.toHost(gradient);
    int size = all.length / parts.size();
    for (int i = 0; i < parts.size(); i++) {
      double[] expected = golden.tensor("grad." + parts.get(i)).doubles();
      float[] actual = Arrays.copyOfRange(all, i * size, (i + 1) * size);
      Compare.assertClose(name + ", " + parts.get(i), expected, actual, GRADIENT, ZERO * largest / GRADIENT);
    }
  }

  private static float[] floats(GoldenCase golden, String prefix, List<String> parts) {
    float[] all = new float[0];
    for (String part : parts) {
      float[] values = golden.tensor(prefix + part).floats();
      all = Arrays.copyOf(all, all.length + values.length);
      System.arraycopy(values, 0, all, all.length - values.length, values.length);
    }
    return all;
  }

  private static Tensor tensor(Tape tape, SafetensorsFile.Entry entry) {
    return tape.constant(Shape.of(entry.shape().stream().mapToInt(Integer::intValue).toArray()), entry.floats());
  }
}
