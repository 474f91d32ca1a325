package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// How far a batch is padded changes nothing that is learned from it.
class PaddingTest {
  /// The sums of a batch are taken over other parts, so only rounding may differ.
  private static final double ROUNDING = 1e-5;

  /// What one training step gives: loss, gradients by parameter, and all tensors of the model after it, running statistics among them.
  private record Learned(float loss, Map<String, float[]> gradients, Map<String, float[]> state) {}

  @TestFactory
  Stream<DynamicNode> trainingLearnsNothingFromThePadding() {
    Map<String, Function<Engine, ContrastiveModel>> models = Map.of("cnn",
        engine -> Examples.model(engine, 2, EmbeddingKind.LINEAR),
        "transformer", engine -> Examples.transformer(engine, 2, EmbeddingKind.LINEAR));
    return BackendUnderTest.each(
        backend -> models.entrySet().stream().map(model -> DynamicTest.dynamicTest(model.getKey() + ", length 50 and 83", () -> {
          Learned tight = learn(backend.provider().name(), model.getValue(), Examples.pairs(8, 2, 50));
          Learned wide = learn(backend.provider().name(), model.getValue(), Examples.pairs(8, 2, 83));
          assertEquals(tight.loss, wide.loss, 1e-6f * tight.loss);
          double largest = tight.gradients.values().stream().mapToDouble(values -> Compare.norm(Compare.doubles(values))).max()
              .orElseThrow();
          // The bias of a convolution before batch normalisation has the gradient 0, and that of keys before a softmax, of which only rounding is left: 1e-6 of the largest.
          assertClose(tight.gradients, wide.gradients, 1e-6 * largest / ROUNDING);
          assertClose(tight.state, wide.state, 0);
        })));
  }

  private static Learned learn(String backend, Function<Engine, ContrastiveModel> create, PairedBatch batch) {
    try (Engine engine = TestEngine.open(backend);
        ContrastiveModel model = create.apply(engine);
        Tape tape = engine.tape()) {
      Tensor loss = model.contrastiveLoss(tape, batch, 0.5f);
      Gradients gradients = tape.backward(loss);
      Map<String, float[]> numbers = new LinkedHashMap<>();
      for (Parameter parameter : model.parameters()) {
        numbers.put(parameter.name(), engine.toHost(gradients.of(parameter.tensor())));
      }
      Map<String, float[]> state = new LinkedHashMap<>();
      model.state().tensors().forEach((name, tensor) -> state.put(name, engine.toHost(tensor)));
      return new Learned(engine.toHost(loss)[0], numbers, state);
    }
  }

  private static void assertClose(Map<String, float[]> expected, Map<String, float[]> actual, double smallestNorm) {
    expected
        .forEach((name, values) -> Compare.assertClose(name, Compare.doubles(values), actual.get(name), ROUNDING, smallestNorm));
  }
}
