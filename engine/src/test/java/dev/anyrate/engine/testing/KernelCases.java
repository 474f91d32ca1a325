package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.AdamConstants;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The kernels whose work is no operation's result: transfers, parameter updates, moved statistics, counts, the sum of squares.
public final class KernelCases {
  /// Nothing, one, around a vector's lanes, several blocks of work.
  private static final int[] SIZES = {0, 1, 7, 16, 17, 1027, 40_000};
  private static final double TOLERANCE = 1e-5;
  private static final int STEPS = 3;
  private static final float RATE = 0.01f;

  private KernelCases() {}

  /// Every case.
  public static List<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    for (int size : SIZES) {
      cases.add(new KernelCase("transfer of " + size, kernels -> transfer(kernels, size)));
      cases.add(new KernelCase("sum of squares of " + size, kernels -> sumOfSquares(kernels, size)));
      cases.add(new KernelCase("adam of " + size, kernels -> adam(kernels, size, 0, 0)));
      cases.add(new KernelCase("bfloat16 of " + size, kernels -> bfloat16(kernels, size)));
      cases.add(new KernelCase("sgd of " + size, kernels -> sgd(kernels, size, 0, false, 0)));
    }
    cases.add(new KernelCase("adam, decay coupled", kernels -> adam(kernels, 19, 0.1f, 0)));
    cases.add(new KernelCase("adam, decay decoupled", kernels -> adam(kernels, 19, 0, 0.1f)));
    cases.add(new KernelCase("sgd, momentum and decay", kernels -> sgd(kernels, 19, 0.9f, false, 0.1f)));
    cases.add(new KernelCase("sgd, nesterov", kernels -> sgd(kernels, 19, 0.9f, true, 0)));
    cases.add(new KernelCase("window counts", KernelCases::windowCounts));
    cases.add(new KernelCase("running statistics", KernelCases::runningStatistics));
    cases.add(new KernelCase("running statistics of no samples", KernelCases::runningStatisticsOfNoSamples));
    return cases;
  }

  private static void transfer(Kernels kernels, int size) {
    float[] numbers = Numbers.random(size + 5, 1);
    float[] expected = Arrays.copyOfRange(numbers, 3, size + 3);
    Storage first = kernels.memory().allocate(size);
    Storage second = kernels.memory().allocate(size);
    kernels.transfer().upload(numbers, 3, first);
    Compare.assertSameBits("upload", expected, Numbers.download(kernels, first));
    kernels.transfer().copy(first, second);
    Compare.assertSameBits("copy", expected, Numbers.download(kernels, second));
    float[] target = new float[size + 5];
    kernels.transfer().download(second, target, 2);
    Compare.assertSameBits("download", expected, Arrays.copyOfRange(target, 2, size + 2));
    float[] outside = {target[0], target[1], target[size + 2], target[size + 4]};
    Compare.assertSameBits("outside of the download", new float[4], outside);
    kernels.transfer().fill(first, 2.5f);
    Arrays.fill(expected, 2.5f);
    Compare.assertSameBits("fill", expected, Numbers.download(kernels, first));
  }

  private static void sumOfSquares(Kernels kernels, int size) {
    float[] x = Numbers.random(size, 1);
    Storage result = kernels.memory().allocate(1);
    kernels.reduction().sumOfSquares(size, Numbers.upload(kernels, x), result);
    double sum = 0;
    for (float value : x) sum += (double) value * value;
    Compare.assertClose("sum of squares", new double[] {sum}, Numbers.download(kernels, result), TOLERANCE);
  }

  private static void bfloat16(Kernels kernels, int size) {
    float[] x = Bfloat16Reference.numbers(size);
    float[] expected = new float[size];
    for (int i = 0; i < size; i++) expected[i] = Bfloat16Reference.rounded(x[i]);
    Storage packed = kernels.memory().allocate((size + 1) / 2);
    kernels.bfloat16().pack(size, Numbers.upload(kernels, x), packed);
    Storage unpacked = kernels.memory().allocate(size);
    kernels.bfloat16().unpack(size, packed, unpacked);
    Compare.assertSameBits("rounded", expected, Numbers.download(kernels, unpacked));
    kernels.bfloat16().pack(size, unpacked, packed);
    kernels.bfloat16().unpack(size, packed, unpacked);
    Compare.assertSameBits("rounded twice", expected, Numbers.download(kernels, unpacked));
  }

  /// Windows of 8, stride 4, padding 2, counted by hand.
  private static void windowCounts(Kernels kernels) {
    Storage counts = kernels.memory().allocate(7);
    kernels.position().windowCounts(7, 8, 4, 2, Numbers.upload(kernels, 1, 3, 4, 7, 8, 128, 131), counts);
    Compare.assertSameBits("window counts", new float[] {1, 1, 1, 1, 2, 32, 32}, Numbers.download(kernels, counts));
  }

  private static void runningStatistics(Kernels kernels) {
    int channels = 19;
    float momentum = 0.1f;
    int samples = 3 + 1 + 5;
    float[] mean = Numbers.random(channels, 1);
    float[] variance = Numbers.random(channels, 2);
    double[] expectedMean = Compare.doubles(Numbers.random(channels, 3));
    double[] expectedVariance = Compare.doubles(Numbers.random(channels, 4));
    Storage runningMean = Numbers.upload(kernels, Numbers.random(channels, 3));
    Storage runningVariance = Numbers.upload(kernels, Numbers.random(channels, 4));
    kernels.norm().updateRunningStatistics(3, channels, momentum, Numbers.upload(kernels, 3, 1, 5), Numbers.upload(kernels, mean),
        Numbers.upload(kernels, variance), runningMean, runningVariance);
    for (int c = 0; c < channels; c++) {
      expectedMean[c] += momentum * (mean[c] - expectedMean[c]);
      expectedVariance[c] += momentum * (variance[c] * samples / (samples - 1.0) - expectedVariance[c]);
    }
    Compare.assertClose("running mean", expectedMean, Numbers.download(kernels, runningMean), TOLERANCE);
    Compare.assertClose("running variance", expectedVariance, Numbers.download(kernels, runningVariance), TOLERANCE);
  }

  /// A batch that has nothing to say leaves them as they are.
  private static void runningStatisticsOfNoSamples(Kernels kernels) {
    int channels = 19;
    Storage x = kernels.memory().allocate(2 * 5 * channels);
    Storage lengths = Numbers.upload(kernels, 0, 0);
    Storage mean = kernels.memory().allocate(channels);
    Storage variance = kernels.memory().allocate(channels);
    kernels.norm().channelStatistics(2, 5, channels, x, lengths, mean, variance);
    Storage runningMean = Numbers.upload(kernels, Numbers.random(channels, 1));
    Storage runningVariance = Numbers.upload(kernels, Numbers.random(channels, 2));
    kernels.norm().updateRunningStatistics(2, channels, 0.1f, lengths, mean, variance, runningMean, runningVariance);
    Compare.assertSameBits("running mean", Numbers.random(channels, 1), Numbers.download(kernels, runningMean));
    Compare.assertSameBits("running variance", Numbers.random(channels, 2), Numbers.download(kernels, runningVariance));
  }

  private static void adam(Kernels kernels, int size, float coupledDecay, float decoupledDecay) {
    var constants = new AdamConstants(0.9f, 0.999f, 1e-8f, coupledDecay, decoupledDecay);
    Storage parameter = Numbers.upload(kernels, Numbers.random(size, 1));
    Storage firstMoment = Numbers.upload(kernels, new float[size]);
    Storage secondMoment = Numbers.upload(kernels, new float[size]);
    double[] p = Compare.doubles(Numbers.random(size, 1));
    double[] m = new double[size];
    double[] v = new double[size];
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = Numbers.random(size, 1 + step);
      kernels.optimizer().adam(size, constants, RATE, step, parameter, Numbers.upload(kernels, gradient), firstMoment,
          secondMoment);
      double correction1 = 1 - Math.pow(constants.beta1(), step);
      double correction2 = 1 - Math.pow(constants.beta2(), step);
      for (int i = 0; i < size; i++) {
        double g = gradient[i] + coupledDecay * p[i];
        p[i] *= 1 - RATE * (double) decoupledDecay;
        m[i] = constants.beta1() * m[i] + (1 - constants.beta1()) * g;
        v[i] = constants.beta2() * v[i] + (1 - constants.beta2()) * g * g;
        p[i] -= RATE / correction1 * m[i] / (Math.sqrt(v[i]) / Math.sqrt(correction2) + constants.epsilon());
      }
    }
    Compare.assertClose("parameter", p, Numbers.download(kernels, parameter), TOLERANCE);
    Compare.assertClose("first moment", m, Numbers.download(kernels, firstMoment), TOLERANCE);
    Compare.assertClose("second moment", v, Numbers.download(kernels, secondMoment), TOLERANCE);
  }

  private static void sgd(Kernels kernels, int size, float momentum, boolean nesterov, float decay) {
    Storage parameter = Numbers.upload(kernels, Numbers.random(size, 1));
    Storage velocity = kernels.memory().allocate(size); // not initialised: the first step must not read it
    double[] p = Compare.doubles(Numbers.random(size, 1));
    double[] v = new double[size];
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = Numbers.random(size, 1 + step);
      kernels.optimizer().sgd(size, RATE, momentum, nesterov, decay, step == 1, parameter, Numbers.upload(kernels, gradient),
          velocity);
      for (int i = 0; i < size; i++) {
        double g = gradient[i] + decay * p[i];
        v[i] = step == 1 ? g : momentum * v[i] + g;
        p[i] -= RATE * (nesterov ? g + momentum * v[i] : v[i]);
      }
    }
    Compare.assertClose("parameter", p, Numbers.download(kernels, parameter), TOLERANCE);
    Compare.assertClose("velocity", v, Numbers.download(kernels, velocity), TOLERANCE);
  }
}
