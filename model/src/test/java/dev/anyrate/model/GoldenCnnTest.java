package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.SafetensorsFile;
import dev.anyrate.engine.testing.golden.GoldenCase;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.ProjectionHead;
import dev.anyrate.model.layers.LinearLayer;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.testing.GoldenFiles;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference CNN as PyTorch computes it: embedding, projection, loss, every gradient, and the losses of ten steps of Adam.
class GoldenCnnTest {
  private static final double OUTPUT = 1e-5;
  private static final double GRADIENT = 1e-4;

  /// A convolution's bias in front of batch normalisation moves nothing, so its gradient is 0. The golden file holds the rounding of float64 in its place,
  /// below this share of the largest gradient; float32 leaves its own, the rounding of a sum of some hundred terms, √400·6e-8 of the largest.
  private static final double ZERO = 1e-9;
  private static final double ZERO_IN_FLOAT32 = 1e-6;

  private final List<GoldenCase> cases = GoldenFiles.of("contrastive_cnn");

  @TestFactory
  Stream<DynamicNode> resultsAndGradientsAreThoseOfPyTorch() {
    return onEveryBackend(GoldenCnnTest::checkResultsAndGradients);
  }

  /// The bound is that of a single result although rounding gathers over the steps: the error of 3e-8 that was measured is the rounding of the loss
  /// itself. (The biases with a gradient of 0 walk at random, for Adam enlarges even rounding to steps of the learning rate; they move no loss.)
  @TestFactory
  Stream<DynamicNode> tenStepsOfAdamGiveTheLossesOfPyTorch() {
    return onEveryBackend(GoldenCnnTest::checkLossesOfAdam);
  }

  private Stream<DynamicNode> onEveryBackend(Check check) {
    return BackendUnderTest.each(backend -> cases.stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
      try (Engine engine = TestEngine.open(backend.provider().name()); ContrastiveModel model = model(engine, golden)) {
        check.on(engine, model, golden);
      }
    })));
  }

  private interface Check {
    void on(Engine engine, ContrastiveModel model, GoldenCase golden);
  }

  private static void checkResultsAndGradients(Engine engine, ContrastiveModel model, GoldenCase golden) {
    try (Tape tape = engine.tape()) {
      PairedBatch batch = batch(golden);
      Tensor embedding = model.embed(tape, views(tape, batch), lengths(tape, batch));
      assertOutput(golden, "embedding", engine.toHost(embedding));
      assertOutput(golden, "projection", engine.toHost(head(model).forward(tape, embedding)));
    }
    try (Tape tape = engine.tape()) {
      Tensor loss = model.contrastiveLoss(tape, batch(golden), golden.number("temperature"));
      assertOutput(golden, "loss", engine.toHost(loss));
      Gradients gradients = tape.backward(loss);
      Map<String, SafetensorsFile.Entry> expected = golden.tensorsUnder("grad.");
      assertEquals(names(model), expected.keySet().stream().map(GoldenCnnTest::nameInModel).collect(Collectors.toSet()));
      double largest = expected.values().stream().mapToDouble(entry -> Compare.norm(entry.doubles())).max().orElseThrow();
      expected.forEach((name, entry) -> {
        Tensor gradient = gradients.of(parameter(model, nameInModel(name)).tensor());
        boolean zero = Compare.norm(entry.doubles()) <= ZERO * largest;
        Compare.assertClose("gradient of " + name, entry.doubles(), engine.toHost(gradient), GRADIENT,
            zero ? ZERO_IN_FLOAT32 / GRADIENT * largest : 0);
      });
    }
  }

  private static void checkLossesOfAdam(Engine engine, ContrastiveModel model, GoldenCase golden) {
    float[] losses = new float[golden.count("steps")];
    try (var adam = Adam.adam(engine, model.parameters(), golden.number("learning_rate"))) {
      for (int step = 0; step < losses.length; step++) {
        try (Tape tape = engine.tape()) {
          Tensor loss = model.contrastiveLoss(tape, batch(golden), golden.number("temperature"));
          losses[step] = engine.toHost(loss)[0];
          adam.step(tape.backward(loss));
        }
      }
    }
    assertOutput(golden, "adam_losses", losses);
  }

  private static void assertOutput(GoldenCase golden, String name, float[] actual) {
    Compare.assertClose(name, golden.tensor("out." + name).doubles(), actual, OUTPUT);
  }

  /// A model of the case's sizes with its parameters.
  private static ContrastiveModel model(Engine engine, GoldenCase golden) {
    Map<String, SafetensorsFile.Entry> parameters = golden.tensorsUnder("param.");
    int channels = parameters.get("stem.conv.weight").shape().get(1);
    int hidden = parameters.get("stem.conv.weight").shape().get(0);
    int embedding = parameters.get("embed.weight").shape().get(0);
    int projection = parameters.get("proj2.weight").shape().get(0);
    var config = new ModelConfig(CnnEncoderConfig.reference(channels, hidden, embedding), projection, EmbeddingKind.LINEAR);
    ContrastiveModel model = ContrastiveModel.create(engine, config, Optional.empty(), 0);
    assertEquals(names(model), parameters.keySet().stream().map(GoldenCnnTest::nameInModel).collect(Collectors.toSet()));
    parameters.forEach((name, entry) -> {
      Parameter parameter = parameter(model, nameInModel(name));
      assertEquals(entry.shape(), Arrays.stream(parameter.tensor().shape().dims()).boxed().toList(), name);
      engine.write(parameter.tensor(), entry.floats());
    });
    return model;
  }

  /// `block0.conv1.weight` is called `encoder.blocks.0.conv1.weight` here, `proj1.bias` is `head.projection1.bias`.
  private static String nameInModel(String golden) {
    if (golden.startsWith("proj")) return golden.replaceFirst("proj", "head.projection");
    return "encoder." + golden.replaceFirst("^block(\\d)", "blocks.$1");
  }

  private static Set<String> names(ContrastiveModel model) {
    return model.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static Parameter parameter(ContrastiveModel model, String name) {
    return model.parameters().stream().filter(parameter -> parameter.name().equals(name)).findFirst().orElseThrow();
  }

  private static ProjectionHead head(ContrastiveModel model) {
    return new ProjectionHead(
        new LinearLayer(parameter(model, "head.projection1.weight"), parameter(model, "head.projection1.bias")),
        new LinearLayer(parameter(model, "head.projection2.weight"), parameter(model, "head.projection2.bias")));
  }

  private static PairedBatch batch(GoldenCase golden) {
    SafetensorsFile.Entry view1 = golden.tensor("in.view1"); // [B, C, L]
    int batch = view1.shape().get(0);
    int length = view1.shape().get(2);
    int[] lengths = new int[batch];
    Arrays.fill(lengths, length);
    return new PairedBatch(view1.floats(), lengths, golden.tensor("in.view2").floats(), lengths, batch, view1.shape().get(1),
        length);
  }

  private static Tensor views(Tape tape, PairedBatch batch) {
    int size = batch.view1().length;
    float[] both = Arrays.copyOf(batch.view1(), 2 * size);
    System.arraycopy(batch.view2(), 0, both, size, size);
    return tape.constant(Shape.of(2 * batch.batchSize(), batch.channels(), batch.length()), both);
  }

  private static Tensor lengths(Tape tape, PairedBatch batch) {
    float[] lengths = new float[2 * batch.batchSize()];
    Arrays.fill(lengths, batch.length());
    return tape.constant(Shape.of(lengths.length), lengths);
  }
}
