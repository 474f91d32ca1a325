package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Recording;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// An operation on activations over time keeps of them what its javadoc says, and nothing else: the rest makes room.
class KeptActivationsTest {
  private static final int ROWS = 6;
  private static final Shape SHAPE = Shape.of(2, 3, 10);
  private static final int SIZE = ROWS * 10;

  /// An operation on one or two activations.
  @FunctionalInterface
  private interface Operation {
    Op of(Tensor a, Tensor b);
  }

  private static DynamicTest keeps(int floats, String name, Operation operation) {
    return DynamicTest.dynamicTest(name, () -> assertEquals(floats, kept(operation), name));
  }

  private static Operation binary(BinaryFunction function) {
    return (a, b) -> new Binary(function, a, b);
  }

  @TestFactory
  Stream<DynamicTest> keepsWhatItSays() {
    return Stream.of(keeps(0, "sum", binary(BinaryFunction.ADD)), keeps(0, "difference", binary(BinaryFunction.SUBTRACT)),
        keeps(2 * SIZE, "product: the operands", binary(BinaryFunction.MULTIPLY)),
        keeps(2 * SIZE, "quotient: the divisor and the result", binary(BinaryFunction.DIVIDE)),
        keeps(2 * SIZE, "matrix product: the operands", (a, b) -> new MatMul(a, false, b, true)),
        keeps(SIZE, "softmax: the result", (a, _) -> new Softmax(a)),
        keeps(SIZE, "log softmax: the result", (a, _) -> new LogSoftmax(a)),
        keeps(SIZE + ROWS, "l2 normalize: the result and the norms", (a, _) -> new L2Normalize(a, 1e-8f)),
        keeps(SIZE, "relu: the result", (a, _) -> new Unary(UnaryFunction.RELU, a)),
        keeps(SIZE, "square: the operand", (a, _) -> new Unary(UnaryFunction.SQUARE, a)),
        keeps(0, "scale", (a, _) -> new Scale(a, 2)),
        keeps(0, "reshape", (a, _) -> new Reshape(a, Shape.of(3, 2, 10))),
        keeps(0, "permute", (a, _) -> new Permute(a, 0, 2, 1)),
        keeps(0, "mean", (a, _) -> new Mean(a, List.of(1), true)));
  }

  /// Floats that are kept between operations that keep nothing.
  private static int kept(Operation operation) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend("scalar").withThreads(1));
        StepMemory memory = engine.stepMemory();
        Recording recording = engine.recording(memory)) {
      Tensor a = activation(engine, recording);
      Tensor b = activation(engine, recording);
      Tensor y = recording.run(new Scale(recording.run(operation.of(a, b)), 1));
      Tensor loss = recording.run(new Sum(y, axes(y), false));
      return (int) (recording.differentiate(loss).memory().activations() / Float.BYTES) - loss.size();
    }
  }

  private static Tensor activation(Engine engine, Recording recording) {
    return recording.run(new Scale(engine.full(SHAPE, 1).requiringGradient(true), 1));
  }

  private static List<Integer> axes(Tensor tensor) {
    return Stream.iterate(0, axis -> axis + 1).limit(tensor.shape().rank()).toList();
  }
}
