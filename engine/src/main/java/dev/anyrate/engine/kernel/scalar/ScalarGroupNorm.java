package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// The group normalisation of [ScalarNorm]: the valid samples of one series, over the channels of one group, share a mean and a
/// variance.
final class ScalarGroupNorm {
  private final Workers workers;

  ScalarGroupNorm(Workers workers) {
    this.workers = workers;
  }

  void groupNorm(int batch, int length, int channels, int groups, float epsilon, Storage x, Storage lengths, Storage gamma,
      Storage beta, Storage mean, Storage rstd, Storage y) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var gammas = Floats.of(gamma);
    var betas = Floats.of(beta);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var ys = Floats.of(y);
    int width = channels / groups;
    workers.runRanges(batch, Grain.of(10L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int group = 0; group < groups; group++) {
          int firstChannel = group * width;
          int endChannel = firstChannel + width;
          double n = Math.max(1, valid.count(b, length)) * (double) width; // sums over no sample are 0, and must not become 0/0
          double sum = 0;
          for (int t = 0; t < valid.count(b, length); t++) {
            for (int c = firstChannel; c < endChannel; c++) sum += xs.at((b * length + t) * channels + c);
          }
          double center = sum / n;
          double squares = 0;
          for (int t = 0; t < valid.count(b, length); t++) {
            for (int c = firstChannel; c < endChannel; c++) {
              double distance = xs.at((b * length + t) * channels + c) - center;
              squares += distance * distance;
            }
          }
          double scale = 1 / Math.sqrt(squares / n + epsilon);
          for (int t = 0; t < valid.count(b, length); t++) {
            for (int c = firstChannel; c < endChannel; c++) {
              int i = (b * length + t) * channels + c;
              ys.set(i, (xs.at(i) - center) * scale * gammas.at(c) + betas.at(c));
            }
          }
          means.set(b * groups + group, center);
          rstds.set(b * groups + group, scale);
        }
        ys.clear((b * length + valid.count(b, length)) * channels, (b + 1) * length * channels);
      }
    });
  }

  void groupNormBackwardInput(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage gamma,
      Storage mean, Storage rstd, Storage dY, Storage dX) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var gammas = Floats.of(gamma);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    int width = channels / groups;
    workers.runRanges(batch, Grain.of(10L * length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        for (int group = 0; group < groups; group++) {
          int firstChannel = group * width;
          int endChannel = firstChannel + width;
          double n = (double) valid.count(b, length) * width;
          double center = means.at(b * groups + group);
          double scale = rstds.at(b * groups + group);
          double sumH = 0;
          double sumHxHat = 0;
          for (int t = 0; t < valid.count(b, length); t++) {
            for (int c = firstChannel; c < endChannel; c++) {
              int i = (b * length + t) * channels + c;
              double h = dYs.at(i) * gammas.at(c);
              sumH += h;
              sumHxHat += h * (xs.at(i) - center) * scale;
            }
          }
          for (int t = 0; t < valid.count(b, length); t++) {
            for (int c = firstChannel; c < endChannel; c++) {
              int i = (b * length + t) * channels + c;
              double h = dYs.at(i) * gammas.at(c);
              double xHat = (xs.at(i) - center) * scale;
              dXs.set(i, scale * (h - sumH / n - xHat * sumHxHat / n));
            }
          }
        }
        dXs.clear((b * length + valid.count(b, length)) * channels, (b + 1) * length * channels);
      }
    });
  }

  void groupNormBackwardParameters(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage mean,
      Storage rstd, Storage dY, Storage dGamma, Storage dBeta) {
    var xs = Floats.of(x);
    var valid = Floats.of(lengths);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var dYs = Floats.of(dY);
    var dGammas = Floats.of(dGamma);
    var dBetas = Floats.of(dBeta);
    int width = channels / groups;
    workers.runRanges(channels, Grain.of(6L * batch * length), (from, to) -> {
      for (int c = from; c < to; c++) {
        double sumGradientXHat = 0;
        double sumGradient = 0;
        for (int b = 0; b < batch; b++) {
          int group = b * groups + c / width;
          for (int t = 0; t < valid.count(b, length); t++) {
            int i = (b * length + t) * channels + c;
            sumGradientXHat += dYs.at(i) * (xs.at(i) - means.at(group)) * rstds.at(group);
            sumGradient += dYs.at(i);
          }
        }
        dGammas.set(c, sumGradientXHat);
        dBetas.set(c, sumGradient);
      }
    });
  }
}
