package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.kernel.Normalization;
import dev.anyrate.engine.kernel.scalar.ScalarConvolution;
import dev.anyrate.engine.kernel.scalar.ScalarNorm;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.Compare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdConvolutionTest {
  private final Workers workers = new Workers(1);
  private final ConvolutionKernels scalar = new ScalarConvolution(workers);
  private final ConvolutionKernels simd = new SimdConvolution(workers);

  /// Of tiles that have one or two rows in a block, most results would be thrown away.
  @Test
  void winogradIsTakenWhereItMultipliesLess() {
    for (int taps : new int[] {3, 5}) {
      for (int dilation : new int[] {1, 2, 4, 16, 32}) assertTrue(Winograd.suits(dilated(taps, dilation)), taps + " " + dilation);
      for (int dilation : new int[] {64, 100, 128, 1 << 20}) {
        assertFalse(Winograd.suits(dilated(taps, dilation)), taps + " " + dilation);
      }
    }
  }

  private static Conv1dGeometry dilated(int taps, int dilation) {
    return new Conv1dGeometry(2, 128, 64, 64, taps, 1, (taps - 1) / 2 * dilation, dilation, 1);
  }

  @Test
  void everyGeometryEqualsTheReference() {
    for (int length : new int[] {1, 5, 19, 40}) {
      for (int[] channels : new int[][] {{1, 1}, {1, 17}, {3, 5}, {20, 33}}) {
        for (int kernel : new int[] {1, 2, 3, 8}) {
          for (int stride : new int[] {1, 2, 3}) {
            for (int padding : new int[] {0, 1, 4, 9}) {
              for (int dilation : new int[] {1, 3}) {
                if (length + 2 * padding <= dilation * (kernel - 1)) continue; // no window fits
                check(new Conv1dGeometry(2, length, channels[0], channels[1], kernel, stride, padding, dilation, 1));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void groupsNarrowAndWideEqualTheReference() {
    List<int[]> channelsAndGroups = new ArrayList<>();
    channelsAndGroups.add(new int[] {7, 7, 7}); // each channel by itself, a prime number of them
    channelsAndGroups.add(new int[] {64, 64, 64}); // the same, in several tiles
    channelsAndGroups.add(new int[] {12, 24, 12}); // two results from each channel
    channelsAndGroups.add(new int[] {24, 12, 6});
    channelsAndGroups.add(new int[] {80, 120, 2}); // groups wider than a tile
    for (int[] c : channelsAndGroups) {
      check(new Conv1dGeometry(3, 21, c[0], c[1], 3, 1, 1, 1, c[2]));
      check(new Conv1dGeometry(3, 21, c[0], c[1], 3, 2, 2, 2, c[2]));
    }
  }

  @Test
  void seriesOfSeveralBlocksEqualTheReference() {
    int blocks = 2 * Correlation.BLOCK_ROWS + 11;
    check(new Conv1dGeometry(2, blocks, 3, 5, 3, 1, 1, 1, 1));
    check(new Conv1dGeometry(1, blocks, 2, 18, 7, 2, 3, 1, 1));
    check(new Conv1dGeometry(1, blocks, 4, 4, 3, 1, 100, 100, 2));
    check(new Conv1dGeometry(40, 9, 2, 3, 3, 1, 0, 1, 1)); // more series than partial sums of the weight gradient
  }

  /// Where the padding is wider than the window, whole blocks lie behind the series.
  @Test
  void windowsOfPaddingAloneEqualTheReference() {
    check(new Conv1dGeometry(2, 10, 3, 5, 3, 1, 2 * Correlation.BLOCK_ROWS, 1, 1));
    check(new Conv1dGeometry(2, 10, 3, 5, 3, 2, 2 * Correlation.BLOCK_ROWS, 1, 1));
  }

  @Test
  void anEmptyBatchGivesAZeroWeightGradient() {
    check(new Conv1dGeometry(0, 9, 2, 3, 3, 1, 1, 1, 1));
  }

  private void check(Conv1dGeometry g) {
    var numbers = new WholeNumbers();
    int xSize = g.batch() * g.length() * g.inChannels();
    int ySize = g.batch() * g.outLength() * g.outChannels();
    int weightSize = g.outChannels() * g.groupInChannels() * g.kernel();
    Storage x = numbers.filled(xSize);
    Storage weight = numbers.filled(weightSize);
    Storage bias = numbers.filled(g.outChannels());
    Storage dY = numbers.filled(ySize);

    Storage expected = numbers.fresh(ySize);
    Storage actual = numbers.fresh(ySize);
    scalar.conv1d(g, x, weight, bias, expected);
    simd.conv1d(g, x, weight, bias, actual);
    numbers.assertSame("result of " + g, expected, actual);

    Storage withoutBias = numbers.fresh(ySize);
    scalar.conv1d(g, x, weight, null, expected);
    simd.conv1d(g, x, weight, null, withoutBias);
    numbers.assertSame("result without bias of " + g, expected, withoutBias);

    Storage dX = numbers.fresh(xSize);
    Storage actualDX = numbers.fresh(xSize);
    scalar.conv1dBackwardInput(g, dY, weight, dX);
    simd.conv1dBackwardInput(g, dY, weight, actualDX);
    numbers.assertSame("input gradient of " + g, dX, actualDX);

    Storage dWeight = numbers.fresh(weightSize);
    Storage actualDWeight = numbers.fresh(weightSize);
    scalar.conv1dBackwardWeight(g, x, dY, dWeight);
    simd.conv1dBackwardWeight(g, x, dY, actualDWeight);
    numbers.assertSame("weight gradient of " + g, dWeight, actualDWeight);
  }

  /// Lengths at the edges of tiles, phases and blocks.
  @ParameterizedTest
  @CsvSource({"3, 1, 1, 64, 64", "3, 1, 0, 67, 64", "3, 1, 2, 128, 64", "3, 2, 2, 129, 64", "3, 3, 1, 131, 64",
      "3, 5, 7, 300, 64",
      "3, 1, 60, 64, 64", "5, 1, 2, 64, 64", "5, 1, 3, 65, 64", "5, 2, 4, 127, 64", "5, 4, 8, 130, 64", "5, 3, 6, 257, 64",
      "3, 1, 1, 70, 80",
      "5, 2, 4, 70, 80"})
  void winogradEqualsTheReference(int kernel, int dilation, int padding, int length, int channels) {
    for (int outChannels : new int[] {64, channels}) {
      var g = new Conv1dGeometry(5, length, channels, outChannels, kernel, 1, padding, dilation, 1);
      assertTrue(Winograd.suits(g), g::toString);
      HeapStorage x = random(g.batch() * g.length() * g.inChannels());
      HeapStorage dY = random(g.batch() * g.outLength() * g.outChannels());
      HeapStorage weight = random(g.outChannels() * g.inChannels() * g.kernel());
      HeapStorage bias = random(g.outChannels());
      compare("result", g, dY.size(), (kernels, y) -> kernels.conv1d(g, x, weight, bias, y));
      compare("input gradient", g, x.size(), (kernels, dX) -> kernels.conv1dBackwardInput(g, dY, weight, dX));
      compare("weight gradient", g, weight.size(), (kernels, dWeight) -> kernels.conv1dBackwardWeight(g, x, dY, dWeight));
    }
  }

  /// So few series that their transformed weights are kept from one call to the next.
  @Test
  void weightsThatChangedInPlaceCount() {
    HeapStorage weight = random(64 * 64 * 3);
    for (int step = 0; step < 3; step++) {
      for (int length : new int[] {64, 100}) {
        var g = new Conv1dGeometry(1, length, 64, 64, 3, 1, 1, 1, 1);
        assertTrue(Winograd.suits(g), g::toString);
        HeapStorage x = random(length * 64);
        compare("result", g, x.size(), (kernels, y) -> kernels.conv1d(g, x, weight, null, y));
        compare("input gradient", g, x.size(), (kernels, dX) -> kernels.conv1dBackwardInput(g, x, weight, dX));
        weight.array()[step + length] += 1;
      }
    }
  }

  private void compare(String what, Conv1dGeometry g, int size, BiConsumer<ConvolutionKernels, Storage> run) {
    float[] expected = new float[size];
    float[] actual = new float[size];
    Arrays.fill(actual, Float.NaN);
    run.accept(scalar, HeapStorage.wrap(expected, 0, size));
    run.accept(simd, HeapStorage.wrap(actual, 0, size));
    Compare.assertClose(what + " of " + g, Compare.doubles(expected), actual, 2e-6); // three times what Winograd's rounding makes
  }

  @ParameterizedTest
  @CsvSource({"20, 33", "64, 64"}) // the direct form, and Winograd's
  void theNumberOfThreadsDoesNotChangeABit(int inChannels, int outChannels) {
    var g = new Conv1dGeometry(37, 70, inChannels, outChannels, 3, 1, 1, 1, 1);
    HeapStorage x = random(g.batch() * g.length() * g.inChannels());
    HeapStorage dY = random(g.batch() * g.outLength() * g.outChannels());
    int weightSize = g.outChannels() * g.groupInChannels() * g.kernel();
    HeapStorage alone = HeapStorage.wrap(new float[weightSize], 0, weightSize);
    HeapStorage together = HeapStorage.wrap(new float[weightSize], 0, weightSize);
    simd.conv1dBackwardWeight(g, x, dY, alone);
    try (var three = new Workers(3)) {
      new SimdConvolution(three).conv1dBackwardWeight(g, x, dY, together);
    }
    Compare.assertSameBits("weight gradient", alone.array(), together.array());
  }

  @ParameterizedTest
  @CsvSource({"20, 33, 300", "64, 64, 300"}) // the direct form, and Winograd's, in several blocks
  void normalizingInTheSamePassDoesNotChangeABit(int inChannels, int outChannels, int length) {
    var g = new Conv1dGeometry(3, length, inChannels, outChannels, 3, 1, 1, 1, 1);
    var norm = new SimdNorm(workers, new ScalarNorm(workers));
    HeapStorage x = random(g.batch() * g.length() * g.inChannels());
    HeapStorage weight = random(g.outChannels() * g.inChannels() * g.kernel());
    HeapStorage channel = random(outChannels);
    HeapStorage variance = HeapStorage.wrap(new float[outChannels], 0, outChannels);
    Arrays.fill(variance.array(), 0.5f);
    int size = g.batch() * length * outChannels;
    var lengths = HeapStorage.wrap(new float[] {length, 129, 1}, 0, 3);
    for (HeapStorage residual : new HeapStorage[] {null, random(size)}) {
      var after = new Normalization(lengths, channel, variance, 1e-5f, channel, channel, residual, true);
      HeapStorage separately = HeapStorage.wrap(new float[size], 0, size);
      simd.conv1d(g, x, weight, channel, separately);
      norm.normalize(g.batch(), length, outChannels, separately, lengths, channel, variance, 1e-5f, channel, channel, residual,
          true, separately);
      HeapStorage together = HeapStorage.wrap(new float[size], 0, size);
      Arrays.fill(together.array(), Float.NaN);
      simd.conv1dNormalized(norm, g, x, weight, channel, after, together);
      Compare.assertSameBits("normalized result", separately.array(), together.array());
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 5, 300", "20, 33, 300", "64, 64, 300"}) // fewer channels than a vector has, the direct form, and Winograd's, in several blocks
  void measuringInTheSamePassDoesNotChangeABit(int inChannels, int outChannels, int length) {
    var norm = new SimdNorm(workers, new ScalarNorm(workers));
    HeapStorage weight = random(outChannels * inChannels * 3);
    HeapStorage bias = random(outChannels);
    try (var threads = new Workers(3)) {
      var parallel = new SimdConvolution(threads);
      for (float[] valid : new float[][] {{length, 129, 0, 64, 1}, {length}, {65}}) {
        var g = new Conv1dGeometry(valid.length, length, inChannels, outChannels, 3, 1, 1, 1, 1);
        HeapStorage x = random(g.batch() * length * inChannels);
        var lengths = HeapStorage.wrap(valid, 0, valid.length);
        HeapStorage y = random(g.batch() * length * outChannels);
        HeapStorage mean = random(outChannels);
        HeapStorage variance = random(outChannels);
        simd.conv1d(g, x, weight, bias, y);
        norm.channelStatistics(g.batch(), length, outChannels, y, lengths, mean, variance);
        for (ConvolutionKernels kernels : List.of(simd, parallel)) {
          HeapStorage measured = random(y.size());
          HeapStorage measuredMean = random(outChannels);
          HeapStorage measuredVariance = random(outChannels);
          kernels.conv1dMeasured(norm, g, x, weight, bias, lengths, measured, measuredMean, measuredVariance);
          Compare.assertSameBits("result", y.array(), measured.array());
          Compare.assertSameBits("mean", mean.array(), measuredMean.array());
          Compare.assertSameBits("variance", variance.array(), measuredVariance.array());
        }
      }
    }
  }

  private static HeapStorage random(int size) {
    var random = new SplittableRandom(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
    return HeapStorage.wrap(values, 0, size);
  }
}
