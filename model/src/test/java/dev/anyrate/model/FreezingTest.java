package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.optim.Optimizer;
import dev.anyrate.model.optim.Sgd;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.Snapshot;
import dev.anyrate.model.testing.TestEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Frozen parameters stay as they are to the last bit, with all that the optimiser remembers of them.
class FreezingTest {
  private static final PairedBatch BATCH = Examples.pairs(6, 1, 50);

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /// With weight decay, which must not touch what is frozen either.
  static Stream<Named<BiFunction<Engine, List<Parameter>, Optimizer>>> optimizers() {
    return Stream.of(Named.of("AdamW", (engine, parameters) -> Adam.adamW(engine, parameters, 0.01f, 0.1f)),
        Named.of("Adam", (engine, parameters) -> Adam.adam(engine, parameters, 0.01f, 0.1f)),
        Named.of("SGD", (engine, parameters) -> new Sgd(engine, parameters, 0.01f, 0.9f, true, 0.1f)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aFrozenEncoderStaysWhileTheHeadLearns(BiFunction<Engine, List<Parameter>, Optimizer> optimizers) {
    try (ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.LINEAR);
        Optimizer optimizer = optimizers.apply(engine, model.parameters())) {
      step(model, optimizer); // so that there are moments to be kept
      freezeEncoder(model, true);
      Snapshot before = trained(model, optimizer);
      step(model, optimizer);
      step(model, optimizer);
      Set<String> ofHead = before.values().keySet().stream().filter(name -> name.contains("head.")).collect(Collectors.toSet());
      assertEquals(ofHead, before.changedIn(trained(model, optimizer)));

      freezeEncoder(model, false);
      step(model, optimizer);
      assertEquals(before.values().keySet(), before.changedIn(trained(model, optimizer)));
    }
  }

  @Test
  void whereAllIsFrozenTheBackwardPassSaysSo() {
    try (ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.LINEAR); Tape tape = engine.tape()) {
      model.parameters().forEach(parameter -> parameter.setFrozen(true));
      Tensor loss = model.contrastiveLoss(tape, BATCH, 0.5f);
      String message = assertThrows(IllegalArgumentException.class, () -> tape.backward(loss)).getMessage();
      assertTrue(message.startsWith("backward: ") && message.endsWith("were all parameters frozen?"), message);
    }
  }

  @Test
  void aParameterKnowsWhetherItIsFrozen() {
    try (ContrastiveModel model = Examples.model(engine, 1, EmbeddingKind.LINEAR)) {
      Parameter parameter = model.parameters().getFirst();
      assertEquals(List.of(false, true), List.of(parameter.frozen(), parameter.tensor().requiresGradient()));
      parameter.setFrozen(true);
      assertEquals(List.of(true, false), List.of(parameter.frozen(), parameter.tensor().requiresGradient()));
      assertEquals("encoder.stem.conv.weight[6, 1, 7]", parameter.toString());
    }
  }

  private static void step(ContrastiveModel model, Optimizer optimizer) {
    try (Tape tape = engine.tape(); var clipping = new GradientClipping(engine, model.parameters(), 1)) {
      var gradients = tape.backward(model.contrastiveLoss(tape, BATCH, 0.5f));
      clipping.clip(gradients);
      optimizer.step(gradients);
    }
  }

  private static void freezeEncoder(ContrastiveModel model, boolean frozen) {
    model.parameters().stream().filter(parameter -> parameter.name().startsWith("encoder."))
        .forEach(parameter -> parameter.setFrozen(frozen));
  }

  /// Parameters and what the optimiser remembers.
  private static Snapshot trained(ContrastiveModel model, Optimizer optimizer) {
    Map<String, Tensor> tensors = new HashMap<>(optimizer.state());
    model.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
    return Snapshot.of(engine, tensors);
  }
}
