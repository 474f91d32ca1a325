package dev.anyrate.engine.kernel.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Borders of the reference kernels: extreme values, and sizes of 0. That they equal their formulas is shown elsewhere, for all
/// backends at once.
class ScalarKernelsTest {
  private final Workers workers = new Workers(2);
  private final Kernels kernels = new ScalarProvider().open(workers, MemoryPolicy.POOLED);

  @AfterEach
  void close() {
    kernels.close();
    workers.close();
  }

  @Test
  void ntXentOfOrthogonalPairsHasItsClosedForm() {
    float[] z = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1}; // three pairs of equal views
    float temperature = 0.5f;
    float[] loss = new float[1];
    kernels.loss().ntXent(3, 3, temperature, 1e-8f, storage(z), storage(new float[6]), storage(new float[6]), storage(loss));
    assertEquals(Math.log(Math.exp(1 / temperature) + 4) - 1 / temperature, loss[0], 1e-7);
  }

  @Test
  void ntXentAtLowTemperatureStaysFinite() {
    float[] opposite = {2, 0, 0, 1, -1, 0, 0, -3}; // s is −100 for the partner, and 0 for the two others
    float[] norm = new float[4];
    float[] logSum = new float[4];
    float[] loss = new float[1];
    float[] dX = new float[8];
    kernels.loss().ntXent(2, 2, 0.01f, 1e-8f, storage(opposite), storage(norm), storage(logSum), storage(loss));
    kernels.loss().ntXentBackward(2, 2, 0.01f, 1e-8f, storage(opposite), storage(norm), storage(logSum), storage(1),
        storage(dX));
    assertEquals(100 + Math.log(2), loss[0], 1e-5);
    // Row 0 against rows 1 and 3: p is ½ each way, their z cancel out; what is left is −2·z₂/(4·0.01), and lies along z₀.
    assertArrayEquals(new float[8], dX, 1e-3f);
  }

  @ParameterizedTest
  @ValueSource(floats = {-3e38f, -1e4f, 0, 1e4f, 3e38f})
  void softmaxOfLargeValuesStaysFinite(float level) {
    float[] y = new float[2];
    kernels.softmax().softmax(1, 2, storage(level, level), storage(y));
    assertArrayEquals(new float[] {0.5f, 0.5f}, y);
    kernels.softmax().logSoftmax(1, 2, storage(level, level), storage(y));
    assertArrayEquals(new float[] {(float) -Math.log(2), (float) -Math.log(2)}, y);
  }

  @ParameterizedTest
  @EnumSource(value = UnaryFunction.class, names = {"RELU", "GELU", "GELU_TANH", "SILU", "SIGMOID", "TANH"})
  void activationsAndTheirDerivativesStayFinite(UnaryFunction function) {
    float[] x = {-3e38f, -100, 100, 3e38f};
    float[] y = new float[4];
    float[] dX = new float[4];
    kernels.elementwise().unary(function, 4, storage(x), storage(y));
    kernels.elementwise().unaryBackward(function, 4, storage(x), storage(y), storage(1, 1, 1, 1), storage(dX));
    for (int i = 0; i < 4; i++) assertTrue(Float.isFinite(y[i]) && Float.isFinite(dX[i]), x[i] + ": " + y[i] + ", " + dX[i]);
  }

  @Test
  void reluLetsNanThrough() {
    float[] y = new float[1];
    kernels.elementwise().unary(UnaryFunction.RELU, 1, storage(Float.NaN), storage(y));
    assertEquals(Float.NaN, y[0]);
  }

  @Test
  void aSingleValidSampleLeavesRunningStatisticsFinite() {
    float[] mean = new float[1];
    float[] variance = new float[1];
    float[] runningMean = {0};
    float[] runningVariance = {1};
    kernels.norm().channelStatistics(1, 2, 1, storage(4, Float.NaN), storage(1), storage(mean), storage(variance));
    kernels.norm().updateRunningStatistics(1, 1, 0.1f, storage(1), storage(mean), storage(variance), storage(runningMean),
        storage(runningVariance));
    assertEquals(0.4f, runningMean[0], 1e-7f);
    assertEquals(0.9f, runningVariance[0], 1e-7f);
  }

  @Test
  void aZeroRowHasNoDirection() {
    float[] y = new float[2];
    float[] norm = new float[1];
    kernels.similarity().l2Normalize(1, 2, 1e-12f, storage(0, 0), storage(y), storage(norm));
    assertArrayEquals(new float[] {0, 0}, y);
    assertEquals(1e-12f, norm[0]);
  }

  @Test
  void aFloatSumWouldLoseWhatADoubleSumKeeps() {
    int terms = 1 << 20;
    float[] ones = new float[terms];
    Arrays.fill(ones, 1);
    ones[0] = 1 << 24; // in float, adding 1 to it changes nothing
    float[] sum = new float[1];
    kernels.reduction().sum(new int[] {terms}, new boolean[] {true}, 1, storage(ones), storage(sum));
    assertEquals((1 << 24) + terms, sum[0], 2);
  }

  @Test
  void productOfDepthZeroIsZero() {
    float[] c = {Float.NaN, Float.NaN};
    kernels.matmul().matmul(1, false, false, 1, 2, 0, storage(), storage(), storage(c));
    assertArrayEquals(new float[] {0, 0}, c);
  }

  @Test
  void sumOfNothingIsZero() {
    float[] y = {Float.NaN, Float.NaN};
    kernels.reduction().sum(new int[] {0, 2}, new boolean[] {true, false}, 1, storage(), storage(y));
    assertArrayEquals(new float[] {0, 0}, y);
  }

  @Test
  void sizesOfZeroAreAllowed() {
    var geometry = new Conv1dGeometry(0, 5, 2, 2, 3, 1, 1, 1, 1);
    float[] dWeight = new float[12];
    Arrays.fill(dWeight, Float.NaN);
    kernels.convolution().conv1d(geometry, storage(), storage(new float[12]), null, storage());
    kernels.convolution().conv1dBackwardInput(geometry, storage(), storage(new float[12]), storage());
    kernels.convolution().conv1dBackwardWeight(geometry, storage(), storage(), storage(dWeight));
    assertArrayEquals(new float[12], dWeight);
    kernels.matmul().matmul(3, true, true, 0, 4, 2, storage(), storage(new float[24]), storage());
    kernels.elementwise().binary(BinaryFunction.ADD, new int[] {0, 3}, storage(), new int[] {3, 1}, storage(1, 2, 3),
        new int[] {0, 1}, storage());
    kernels.layout().permute(new int[] {2, 0}, new int[] {1, 0}, storage(), storage());
    kernels.layout().copyColumns(2, 0, storage(), 0, 0, storage(1, 2), 1, 0);
    kernels.softmax().softmax(2, 0, storage(), storage());
    kernels.norm().layerNorm(0, 2, 1e-5f, storage(), storage(1, 1), storage(0, 0), storage(), storage(), storage());
    kernels.norm().groupNorm(0, 5, 2, 2, 1e-5f, storage(), storage(), storage(1, 1), storage(0, 0), storage(), storage(),
        storage());
    kernels.pooling().statisticsOverTime(0, 5, 2, 1e-5f, storage(), storage(), storage(), storage());
  }

  private static Storage storage(float... values) {
    return HeapStorage.wrap(values, 0, values.length);
  }
}
