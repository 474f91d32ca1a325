package dev.anyrate.model;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.minirocket.MiniRocket;
import java.util.stream.IntStream;

/// The half of an embedding that nobody trains: features of fixed kernels, whitened by what changes in them between views of a series, and brought to few numbers.
///
/// A training set of a hundred series teaches an encoder little about shapes that it does not hold; thousands of fixed kernels with a threshold each see them all.
/// `docs/design-notes.md` has the measurement. `weight` and `bias` hold all that is done to the features, their scale included.
///
/// @param rocket the kernels, F features
/// @param weight `[D, F]`
/// @param bias   `[D]`
record KernelFeatures(MiniRocket rocket, Tensor weight, Tensor bias) implements AutoCloseable {
  /// α of [ViewWhitening], for variances that are spread over more directions than those of an encoder.
  private static final double STRENGTH = 100;
  private static final float LEAST_DEVIATION = 1e-3f; // of a share; below it a feature is the same for all series
  private static final int SERIES_TOGETHER = 256;

  /// @param preparation that brings every series to one length
  /// @param seen        the series that kernels, scale and whitening are fitted to, as other recorders would have had them; its seed is that of the kernels too
  /// @param features    F, a multiple of 84
  /// @param numbers     D
  static KernelFeatures fit(Engine engine, InputPreparation preparation, SeriesViews seen, int features, int numbers) {
    TimeSeriesSet prepared = preparation.apply(seen.series());
    MiniRocket rocket = MiniRocket.fit(prepared, features, seen.seed());
    var scale = Scale.of(rocket.transform(engine, prepared));
    var views = new ViewFeatures(seen, features, set -> scale.apply(rocket.transform(engine, preparation.apply(set))));
    try (ViewWhitening whitening = ViewWhitening.fit(engine, views, numbers, STRENGTH)) {
      float[] weight = engine.toHost(whitening.map());
      return of(engine, rocket, weight, scale.into(weight));
    }
  }

  /// @param weight `[D, F]`. Read.
  /// @param bias   `[D]`. Read.
  static KernelFeatures of(Engine engine, MiniRocket rocket, float[] weight, float[] bias) {
    return new KernelFeatures(rocket, engine.tensor(Shape.of(bias.length, rocket.features()), weight),
        engine.tensor(Shape.of(bias.length), bias));
  }

  /// The same features, to be closed apart from these.
  KernelFeatures copy(Engine engine) {
    return new KernelFeatures(rocket, copy(engine, weight), copy(engine, bias));
  }

  private static Tensor copy(Engine engine, Tensor tensor) {
    Tensor copy = engine.full(tensor.shape(), 0);
    engine.kernels().transfer().copy(tensor.storage(), copy.storage());
    return copy;
  }

  /// @param prepared series as the encoder expects them, of any length
  /// @return `[N][D]`
  float[][] embed(Engine engine, TimeSeriesSet prepared) {
    float[][] numbers = new float[prepared.size()][];
    for (int from = 0; from < numbers.length; from += SERIES_TOGETHER) {
      int to = Math.min(numbers.length, from + SERIES_TOGETHER);
      float[][] features = rocket.transform(engine, prepared.select(IntStream.range(from, to).toArray()));
      try (Inference inference = engine.inference()) {
        Tensor rows = inference.constant(Shape.of(to - from, rocket.features()), Matrices.joined(features, 0, to - from));
        float[] values = engine.toHost(inference.run(new Linear(rows, weight, bias)));
        System.arraycopy(Matrices.split(values, bias.size()), 0, numbers, from, to - from);
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    weight.storage().close();
    bias.storage().close();
  }

  /// Brings every feature to mean 0 and deviation 1 over some series, and one that hardly changes to 0.
  ///
  /// @param mean   `[F]`
  /// @param factor `[F]`
  private record Scale(float[] mean, float[] factor) {
    static Scale of(float[][] features) {
      int size = features[0].length;
      double[] sums = new double[size];
      double[] squares = new double[size];
      for (float[] row : features) {
        for (int f = 0; f < size; f++) {
          sums[f] += row[f];
          squares[f] += (double) row[f] * row[f];
        }
      }
      var scale = new Scale(new float[size], new float[size]);
      for (int f = 0; f < size; f++) {
        double mean = sums[f] / features.length;
        double deviation = Math.sqrt(Math.max(0, squares[f] / features.length - mean * mean));
        scale.mean[f] = (float) mean;
        scale.factor[f] = deviation > LEAST_DEVIATION ? (float) (1 / deviation) : 0;
      }
      return scale;
    }

    /// Scales rows in place.
    float[][] apply(float[][] features) {
      for (float[] row : features) {
        for (int f = 0; f < row.length; f++) row[f] = (row[f] - mean[f]) * factor[f];
      }
      return features;
    }

    /// Makes a map of scaled features one of features as they are.
    ///
    /// @param weight `[D, F]`. Overwritten.
    /// @return the bias that goes with it, `[D]`
    float[] into(float[] weight) {
      float[] bias = new float[weight.length / mean.length];
      for (int d = 0; d < bias.length; d++) {
        double sum = 0;
        for (int f = 0; f < mean.length; f++) {
          int place = d * mean.length + f;
          weight[place] *= factor[f];
          sum -= (double) weight[place] * mean[f];
        }
        bias[d] = (float) sum;
      }
      return bias;
    }
  }
}
