package dev.anyrate.model.optim;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.MeanSquaredError;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Steps of PyTorch's optimisers on mse(x·w, y).
class OptimizerGoldenTest {
  private static final String HYPERPARAMETERS = "hyperparameters";
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicNode> stepsLeadToTheWeightsOfPyTorch() {
    List<GoldenCase> cases = GoldenFiles.of("optimizer");
    return BackendUnderTest.each(backend -> cases.stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
      try (Engine engine = TestEngine.open(backend.provider().name())) {
        Compare.assertClose("w", golden.tensor("out.w").doubles(), weightsAfterSteps(engine, golden), TOLERANCE);
      }
    })));
  }

  private static float[] weightsAfterSteps(Engine engine, GoldenCase golden) {
    Tensor x = tensor(engine, golden.tensor("in.x"));
    Tensor y = tensor(engine, golden.tensor("in.y"));
    SafetensorsFile.Entry start = golden.tensor("in.w");
    Parameter w = new Initializer(engine, 0).constant("w", shape(start), 0);
    engine.write(w.tensor(), start.floats());
    try (Optimizer optimizer = optimizer(engine, w, golden)) {
      for (int step = 0; step < golden.count("steps"); step++) {
        try (Tape tape = engine.tape()) {
          Tensor loss = tape.run(new MeanSquaredError(tape.run(new MatMul(x, w.tensor())), y));
          optimizer.step(tape.backward(loss));
        }
      }
    }
    return engine.toHost(w.tensor());
  }

  private static Optimizer optimizer(Engine engine, Parameter w, GoldenCase golden) {
    List<Parameter> parameters = List.of(w);
    String kind = golden.attribute("kind");
    float rate = number(golden, "lr");
    float decay = number(golden, "weight_decay");
    return switch (kind) {
      case "adam", "adam_l2" -> Adam.adam(engine, parameters, rate, decay);
      case "adamw" -> Adam.adamW(engine, parameters, rate, decay);
      case "sgd", "sgd_momentum", "sgd_nesterov" ->
        new Sgd(engine, parameters, rate, number(golden, "momentum"), kind.equals("sgd_nesterov"), decay);
      default -> throw new AssertionError(golden + ": optimizer '" + kind + "' is not known");
    };
  }

  private static float number(GoldenCase golden, String hyperparameter) {
    return golden.numbersIn(HYPERPARAMETERS, hyperparameter).getFirst();
  }

  private static Tensor tensor(Engine engine, SafetensorsFile.Entry entry) {
    return engine.tensor(shape(entry), entry.floats());
  }

  private static Shape shape(SafetensorsFile.Entry entry) {
    return Shape.of(entry.shape().stream().mapToInt(Integer::intValue).toArray());
  }
}
