package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// The layer normalisation of [ScalarNorm]: the numbers of one row share a mean and a variance.
final class ScalarLayerNorm {
  private final Workers workers;

  ScalarLayerNorm(Workers workers) {
    this.workers = workers;
  }

  void layerNorm(int rows, int channels, float epsilon, Storage x, Storage gamma, Storage beta, Storage mean, Storage rstd,
      Storage y) {
    var xs = Floats.of(x);
    var gammas = Floats.of(gamma);
    var betas = Floats.of(beta);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var ys = Floats.of(y);
    workers.runRanges(rows, Grain.of(10L * channels), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * channels;
        double sum = 0;
        for (int c = 0; c < channels; c++) sum += xs.at(start + c);
        double center = sum / channels;
        double squares = 0;
        for (int c = 0; c < channels; c++) {
          double distance = xs.at(start + c) - center;
          squares += distance * distance;
        }
        double scale = 1 / Math.sqrt(squares / channels + epsilon);
        for (int c = 0; c < channels; c++) {
          ys.set(start + c, (xs.at(start + c) - center) * scale * gammas.at(c) + betas.at(c));
        }
        means.set(row, center);
        rstds.set(row, scale);
      }
    });
  }

  void backwardInput(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY,
      Storage dX) {
    var xs = Floats.of(x);
    var gammas = Floats.of(gamma);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(rows, Grain.of(10L * channels), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * channels;
        double sumH = 0;
        double sumHxHat = 0;
        for (int c = 0; c < channels; c++) {
          double h = dYs.at(start + c) * gammas.at(c);
          sumH += h;
          sumHxHat += h * (xs.at(start + c) - means.at(row)) * rstds.at(row);
        }
        for (int c = 0; c < channels; c++) {
          double h = dYs.at(start + c) * gammas.at(c);
          double xHat = (xs.at(start + c) - means.at(row)) * rstds.at(row);
          dXs.set(start + c, rstds.at(row) * (h - sumH / channels - xHat * sumHxHat / channels));
        }
      }
    });
  }

  void backwardParameters(int rows, int channels, Storage x, Storage mean, Storage rstd, Storage dY, Storage dGamma,
      Storage dBeta) {
    var xs = Floats.of(x);
    var means = Floats.of(mean);
    var rstds = Floats.of(rstd);
    var dYs = Floats.of(dY);
    var dGammas = Floats.of(dGamma);
    var dBetas = Floats.of(dBeta);
    workers.runRanges(channels, Grain.of(6L * rows), (from, to) -> {
      for (int c = from; c < to; c++) {
        double sumGradientXHat = 0;
        double sumGradient = 0;
        for (int row = 0; row < rows; row++) {
          int i = row * channels + c;
          sumGradientXHat += dYs.at(i) * (xs.at(i) - means.at(row)) * rstds.at(row);
          sumGradient += dYs.at(i);
        }
        dGammas.set(c, sumGradientXHat);
        dBetas.set(c, sumGradient);
      }
    });
  }
}
