package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What is made from NaN is NaN, whatever its bits are: a number in its place would hide the fault.
class NotANumberTest {
  private static final int SAMPLES = 5;
  private static final int CHANNELS = 36; // more than a vector has lanes, and some left over
  private static final int SIZE = 2 * SAMPLES * CHANNELS;

  /// What arithmetic makes, and bits of its own in the lowest places, in others, and without the bit that makes it quiet.
  private static final List<Integer> BITS = List.of(0x7fc0_0000, 0x7fc0_0001, 0xffc0_01ff, 0x7fe3_4567, 0x7f80_0181);

  /// An operation on x, and which of its results are made from an element of x.
  private record Question(Function<Operands, Op> operation, Reach reach) {}

  private record Operands(Tensor x, Tensor lengths, Tensor perChannel) {}

  @FunctionalInterface
  private interface Reach {
    boolean reaches(int element, int result);
  }

  private static final Reach ITSELF = (element, result) -> element == result;
  private static final Reach ITS_ROW = (element, result) -> element / CHANNELS == result / CHANNELS;
  private static final Reach ITS_SERIES = (element, result) -> element / (SAMPLES * CHANNELS) == result / (SAMPLES * CHANNELS);

  private static Map<String, Question> questions() {
    Map<String, Question> questions = new LinkedHashMap<>();
    for (UnaryFunction function : UnaryFunction.values()) {
      questions.put("unary " + function, new Question(in -> new Unary(function, in.x), ITSELF));
    }
    for (BinaryFunction function : BinaryFunction.values()) {
      questions.put("binary " + function, new Question(in -> new Binary(function, in.x, in.perChannel), ITSELF));
    }
    questions.put("scale", new Question(in -> new Scale(in.x, 0), ITSELF));
    questions.put("softmax", new Question(in -> new Softmax(in.x), ITS_ROW));
    questions.put("log softmax", new Question(in -> new LogSoftmax(in.x), ITS_ROW));
    questions.put("l2 normalize", new Question(in -> new L2Normalize(in.x, 1e-8f), ITS_ROW));
    questions.put("layer norm", new Question(in -> new LayerNorm(in.x, in.perChannel, in.perChannel, 1e-5f), ITS_ROW));
    questions.put("group norm",
        new Question(in -> new GroupNorm(in.x, in.lengths, in.perChannel, in.perChannel, 1, 1e-5f), ITS_SERIES));
    questions.put("batch norm", new Question(in -> batchNorm(in, false), ITSELF));
    questions.put("batch norm in training",
        new Question(in -> batchNorm(in, true), (element, result) -> element % CHANNELS == result % CHANNELS));
    questions.put("sum", new Question(in -> new Sum(in.x, List.of(1), false), NotANumberTest::isItsChannel));
    questions.put("mean over time", new Question(in -> new MeanOverTime(in.x, in.lengths), NotANumberTest::isItsChannel));
    questions.put("max over time", new Question(in -> new MaxOverTime(in.x, in.lengths), NotANumberTest::isItsChannel));
    questions.put("attention", new Question(in -> new Attention(in.x, in.lengths, 2), NotANumberTest::isItsHead));
    return questions;
  }

  private static Op batchNorm(Operands in, boolean training) {
    return new BatchNorm(in.x, in.lengths, in.perChannel, in.perChannel, in.perChannel, in.perChannel, null, true, 0, 1e-5f,
        training);
  }

  private static boolean isItsChannel(int element, int result) {
    return element / (SAMPLES * CHANNELS) == result / CHANNELS && element % CHANNELS == result % CHANNELS;
  }

  /// A third of the channels are queries: a query reaches its own result, keys and values those of all queries of the head; values in their channel alone.
  private static boolean isItsHead(int element, int result) {
    int width = CHANNELS / 3;
    int channel = element % CHANNELS % width;
    int resultRow = result / width;
    boolean sameHead = channel / (width / 2) == result % width / (width / 2);
    if (element / (SAMPLES * CHANNELS) != resultRow / SAMPLES || !sameHead) return false;
    return switch (element % CHANNELS / width) {
      case 0 -> element / CHANNELS == resultRow;
      case 1 -> true;
      default -> channel == result % width;
    };
  }

  @TestFactory
  Stream<DynamicNode> whatIsMadeFromItIsNaN() {
    return BackendUnderTest.each(backend -> questions().entrySet().stream()
        .map(question -> DynamicTest.dynamicTest(question.getKey(), () -> check(backend, question.getValue()))));
  }

  private static void check(BackendUnderTest backend, Question question) {
    try (BackendUnderTest.Open open = backend.open(1, MemoryPolicy.POOLED)) {
      for (int bits : BITS) {
        for (int element : IntStream.of(0, CHANNELS - 1, 2 * CHANNELS + 17, SIZE - 1).toArray()) {
          float[] x = Numbers.random(SIZE, 1);
          for (int i = 0; i < SIZE; i++) x[i] = Math.abs(x[i]) + 0.1f;
          x[element] = Float.intBitsToFloat(bits);
          float[] y = run(open, question.operation, x);
          for (int i = 0; i < y.length; i++) {
            int result = i;
            if (question.reach.reaches(element, result)) {
              assertTrue(Float.isNaN(y[i]),
                  () -> Integer.toHexString(bits) + " at " + element + " became " + y[result] + " at " + result);
            }
          }
        }
      }
    }
  }

  private static float[] run(BackendUnderTest.Open open, Function<Operands, Op> operation, float[] x) {
    try (var inference = new Inference(open.kernels())) {
      float[] ones = new float[CHANNELS];
      Arrays.fill(ones, 1);
      var in = new Operands(inference.constant(Shape.of(2, SAMPLES, CHANNELS), x),
          inference.constant(Shape.of(2), SAMPLES, SAMPLES),
          inference.constant(Shape.of(CHANNELS), ones));
      return Numbers.download(open.kernels(), inference.run(operation.apply(in)).storage());
    }
  }

  @TestFactory
  Stream<DynamicNode> aLossOfItIsNaN() {
    Map<String, Function<Tensor, Op>> losses = new LinkedHashMap<>();
    losses.put("nt-xent", x -> new NtXent(x, 0.5f, 1e-8f));
    losses.put("nt-xent at a low temperature", x -> new NtXent(x, 0.01f, 1e-8f));
    losses.put("mean squared error", x -> new MeanSquaredError(x, x));
    return BackendUnderTest.each(backend -> losses.entrySet().stream().map(loss -> DynamicTest.dynamicTest(loss.getKey(), () -> {
      try (BackendUnderTest.Open open = backend.open(1, MemoryPolicy.POOLED); var inference = new Inference(open.kernels())) {
        for (int bits : BITS) {
          float[] x = Numbers.random(SIZE, 1);
          x[2 * CHANNELS + 17] = Float.intBitsToFloat(bits);
          Tensor rows = inference.constant(Shape.of(2 * SAMPLES, CHANNELS), x);
          float[] y = Numbers.download(open.kernels(), inference.run(loss.getValue().apply(rows)).storage());
          assertTrue(Float.isNaN(y[0]), () -> Integer.toHexString(bits) + " became " + y[0]);
        }
      }
    })));
  }
}
