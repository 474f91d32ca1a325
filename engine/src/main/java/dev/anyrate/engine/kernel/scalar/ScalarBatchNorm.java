package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// The batch normalisation of [ScalarNorm]: all valid samples of one channel share a mean and a variance.
final class ScalarBatchNorm {
  private final Workers workers;

  ScalarBatchNorm(Workers workers) {
    this.workers = workers;
  }

  void channelStatistics(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var means = Floats.of(mean);
    var variances = Floats.of(variance);
    long n = Math.max(1, validSamples(batch, valid)); // sums over no sample are 0, and must not become 0/0
    workers.runRanges(channels, Grain.of(4L * batch * length), (from, to) -> {
      for (int c = from; c < to; c++) {
        double sum = 0;
        for (int b = 0; b < batch; b++) {
          for (int t = 0; t < valid.count(b, length); t++) sum += xs.at((b * length + t) * channels + c);
        }
        double center = sum / n;
        double squares = 0;
        for (int b = 0; b < batch; b++) {
          for (int t = 0; t < valid.count(b, length); t++) {
            double distance = xs.at((b * length + t) * channels + c) - center;
            squares += distance * distance;
          }
        }
        means.set(c, center);
        variances.set(c, squares / n);
      }
    });
  }

  void updateRunningStatistics(int batch, int channels, float momentum, Storage lengths, Storage mean, Storage variance,
      Storage runningMean, Storage runningVariance) {
    var means = Floats.of(mean);
    var variances = Floats.of(variance);
    var runningMeans = Floats.of(runningMean);
    var runningVariances = Floats.of(runningVariance);
    long n = validSamples(batch, Floats.of(lengths));
    if (n == 0) return;
    double unbiased = n / (double) Math.max(n - 1, 1); // the variance of a single sample is 0, and must not become 0/0
    double keep = 1 - (double) momentum;
    for (int c = 0; c < channels; c++) {
      runningMeans.set(c, keep * runningMeans.at(c) + momentum * means.at(c));
      runningVariances.set(c, keep * runningVariances.at(c) + momentum * unbiased * variances.at(c));
    }
  }

  void normalize(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance, float epsilon,
      Storage gamma, Storage beta, Storage residual, boolean relu, Storage y) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var means = Floats.of(mean);
    var variances = Floats.of(variance);
    var gammas = Floats.of(gamma);
    var betas = Floats.of(beta);
    var residuals = residual == null ? null : Floats.of(residual);
    var ys = Floats.of(y);
    workers.runRanges(batch, Grain.of(10L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int t = 0; t < valid.count(b, length); t++) {
          for (int c = 0; c < channels; c++) {
            int i = (b * length + t) * channels + c;
            double xHat = (xs.at(i) - means.at(c)) / Math.sqrt(variances.at(c) + epsilon);
            double sum = xHat * gammas.at(c) + betas.at(c) + (residuals == null ? 0 : residuals.at(i));
            ys.set(i, relu ? Math.max(sum, 0) : sum);
          }
        }
        ys.clear((b * length + valid.count(b, length)) * channels, (b + 1) * length * channels);
      }
    });
  }

  void normalizeBackwardParameters(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var means = Floats.of(mean);
    var variances = Floats.of(variance);
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dGammas = Floats.of(dGamma);
    var dBetas = Floats.of(dBeta);
    workers.runRanges(channels, Grain.of(6L * batch * length), (from, to) -> {
      for (int c = from; c < to; c++) {
        double rstd = 1 / Math.sqrt(variances.at(c) + epsilon);
        double sumGxHat = 0;
        double sumG = 0;
        for (int b = 0; b < batch; b++) {
          for (int t = 0; t < valid.count(b, length); t++) {
            int i = (b * length + t) * channels + c;
            double g = relu && ys.at(i) <= 0 ? 0 : dYs.at(i);
            sumGxHat += g * (xs.at(i) - means.at(c)) * rstd;
            sumG += g;
          }
        }
        dGammas.set(c, sumGxHat);
        dBetas.set(c, sumG);
      }
    });
  }

  void normalizeBackwardInput(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance,
      float epsilon, Storage gamma, boolean batchStatistics, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta,
      Storage dX, Storage dResidual) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var means = Floats.of(mean);
    var variances = Floats.of(variance);
    var gammas = Floats.of(gamma);
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dGammas = Floats.of(dGamma);
    var dBetas = Floats.of(dBeta);
    var dXs = dX == null ? null : Floats.of(dX);
    var dResiduals = dResidual == null ? null : Floats.of(dResidual);
    long n = validSamples(batch, valid);
    workers.runRanges(batch, Grain.of(10L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int t = 0; t < valid.count(b, length); t++) {
          for (int c = 0; c < channels; c++) {
            int i = (b * length + t) * channels + c;
            double g = relu && ys.at(i) <= 0 ? 0 : dYs.at(i);
            double rstd = 1 / Math.sqrt(variances.at(c) + epsilon);
            double xHat = (xs.at(i) - means.at(c)) * rstd;
            double throughStatistics = batchStatistics ? (dBetas.at(c) + xHat * dGammas.at(c)) / n : 0;
            if (dXs != null) dXs.set(i, gammas.at(c) * rstd * (g - throughStatistics));
            if (dResiduals != null) dResiduals.set(i, g);
          }
        }
        int behind = (b * length + valid.count(b, length)) * channels;
        int end = (b + 1) * length * channels;
        if (dXs != null) dXs.clear(behind, end);
        if (dResiduals != null) dResiduals.clear(behind, end);
      }
    });
  }

  /// n: the sum of the lengths.
  private static long validSamples(int batch, Floats lengths) {
    long sum = 0;
    for (int b = 0; b < batch; b++) sum += lengths.whole(b);
    return sum;
  }
}
