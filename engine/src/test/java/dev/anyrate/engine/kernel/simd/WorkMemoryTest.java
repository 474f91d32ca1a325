package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Operands of some GiB, each of which an array holds, may need work memory that none holds. That is refused by name, before anything is read: the operands of these tests are not there.
class WorkMemoryTest {
  private static final int ROWS = 1 << 17;

  private record Call(String operation, long floats, BiConsumer<Kernels, Storage> kernel) {}

  private static Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("statistics of many series of one sample", new Call("batch norm", 1L << 32,
        (kernels, x) -> kernels.norm().channelStatistics(ROWS, 1, 1 << 14, x, x, x, x)));
    calls.put("gradients of batch norm", new Call("batch norm", 1L << 32, (kernels, x) -> kernels.norm()
        .normalizeBackwardParameters(ROWS, 1, 1 << 14, x, x, x, x, 1e-5f, false, x, x, x, x)));
    calls.put("gradients of group norm", new Call("group norm", 1L << 32,
        (kernels, x) -> kernels.norm().groupNormBackwardParameters(ROWS, 1, 1 << 14, 1, x, x, x, x, x, x, x)));
    calls.put("gradients of a row", new Call("layer norm", 1L << 31,
        (kernels, x) -> kernels.norm().layerNormBackward(1, 1 << 30, x, x, x, x, x, x, x, x)));
    calls.put("weights of many channels", new Call("conv1d", 1L << 31,
        (kernels, x) -> kernels.convolution().conv1d(geometry(1, 1 << 15, 1 << 16, 1, 0, 1), x, x, null, x)));
    calls.put("weights of many channels by Winograd", new Call("conv1d", 6L << 30,
        (kernels, x) -> kernels.convolution().conv1d(geometry(64, 1 << 15, 1 << 15, 3, 1, 1), x, x, null, x)));
    calls.put("gradients of weights", new Call("conv1d", 1L << 31,
        (kernels, x) -> kernels.convolution().conv1dBackwardWeight(geometry(1, 1 << 15, 1 << 16, 1, 0, 1), x, x, x)));
    calls.put("gradients of weights by Winograd", new Call("conv1d", 6L << 30,
        (kernels, x) -> kernels.convolution().conv1dBackwardWeight(geometry(64, 1 << 15, 1 << 15, 3, 1, 1), x, x, x)));
    calls.put("windows of far taps", new Call("conv1d", ((1L << 28) * 2 + 1) * 8,
        (kernels, x) -> kernels.convolution().conv1d(geometry(1, 8, 8, 3, 1 << 28, 1 << 28), x, x, null, x)));
    calls.put("gradients of a linear map", new Call("linear", (1L << 31) + (1 << 16),
        (kernels, x) -> kernels.linear().linearBackwardParameters(1, 1 << 15, 1 << 16, x, x, x, x)));
    calls.put("similarities of many rows", new Call("nt-xent", 1L << 32,
        (kernels, x) -> kernels.loss().ntXentBackward(ROWS / 2, 1 << 15, 0.5f, 1e-8f, x, x, x, x, x)));
    return calls;
  }

  private static Conv1dGeometry geometry(int length, int inChannels, int outChannels, int kernel, int padding, int dilation) {
    return new Conv1dGeometry(1, length, inChannels, outChannels, kernel, 1, padding, dilation, 1);
  }

  @TestFactory
  Stream<DynamicNode> tooMuchIsRefusedByName() {
    return calls().entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> check(call.getValue())));
  }

  private static void check(Call call) {
    try (BackendUnderTest.Open open = BackendUnderTest.require("simd").open(1, MemoryPolicy.POOLED)) {
      float[] ones = new float[1 << 19]; // more than weights have that are kept
      Arrays.fill(ones, 1);
      Storage x = Numbers.upload(open.kernels(), ones);
      String message = assertThrows(IllegalArgumentException.class, () -> call.kernel.accept(open.kernels(), x)).getMessage();
      assertEquals(call.operation + ": work memory of " + call.floats + " floats is needed, and an array holds 2147483639;"
          + " use a smaller batch, shorter series or fewer channels", message);
    }
  }
}
