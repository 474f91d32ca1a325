package dev.anyrate.model.minirocket;

import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.engine.Engine;
import java.util.Arrays;
import java.util.SplittableRandom;

/// MiniRocket: thousands of features that nobody trained. Half of an embedding is made of them, and with ridge they are its strongest simple opponent.
///
/// A feature is the share of samples at which the convolution with one of 84 fixed kernels, at one of several spacings, is above a bias. Biases are quantiles
/// of the convolution of a random training series, by the low-discrepancy sequence `i·φ mod 1`. Every second combination of kernel and spacing counts the
/// whole padded output, the others only where the kernel lies within the series. Of several channels each combination sees a random few, summed.
///
/// @see <a href="https://arxiv.org/abs/2012.08791">Dempster, Schmidt and Webb, MiniRocket: A Very Fast (Almost) Deterministic Transform for Time Series
///      Classification (2021)</a>
public final class MiniRocket {
  /// Features that the paper asks for: 119 for each kernel, 9,996 together.
  public static final int FEATURES = 10_000;
  /// The fewest there can be: one for each kernel.
  public static final int FEWEST_FEATURES = KernelSet.COUNT;

  /// Samples that a series must at least have: as many as a kernel.
  public static final int SHORTEST_SERIES = KernelSet.LENGTH;

  private static final int SERIES_OF_A_PART = 4; // milliseconds of work, and enough parts of a few dozen series for all threads
  private static final int MOST_CHANNELS = 9; // that a combination may see, as in the authors' multivariate version
  private static final double GOLDEN_RATIO = (Math.sqrt(5) + 1) / 2;
  private static final long STREAM = 0x4D524B54L; // keeps these draws apart from other uses of the same seed

  private final int channelCount;
  private final Dilations dilations;
  private final int[][] channels; // [D·84][…], that each combination sees
  private final float[] biases; // [F], by spacing, then kernel
  private final int[] thresholds; // [F], the biases in the order of samples

  private MiniRocket(int channelCount, Dilations dilations, int[][] channels, float[] biases) {
    this.channelCount = channelCount;
    this.dilations = dilations;
    this.channels = channels;
    this.biases = biases;
    this.thresholds = new int[biases.length];
    Arrays.setAll(thresholds, f -> SampleOrder.of(biases[f]));
  }

  /// Chooses spacings, channels and biases.
  ///
  /// @param train    series of one length, at least 9 samples
  /// @param features to make, at least 84; rounded down to a multiple of 84
  /// @param seed     of channels, and of the series that biases are taken from
  /// @throws IllegalArgumentException if lengths differ, or are too short, or there are too few features
  public static MiniRocket fit(TimeSeriesSet train, int features, long seed) {
    int length = train.maxLength();
    if (length < KernelSet.LENGTH || train.minLength() != length) {
      throw new IllegalArgumentException("minirocket: series of " + train.minLength() + " to " + length
          + " samples; bring all to one length of at least " + KernelSet.LENGTH);
    }
    if (features < KernelSet.COUNT) {
      throw new IllegalArgumentException("minirocket: " + features + " features; give at least " + KernelSet.COUNT);
    }
    Dilations dilations = Dilations.of(length, features / KernelSet.COUNT);
    SplittableRandom random = KeyedRandom.of(STREAM, seed);
    int[][] channels = channels(dilations.count() * KernelSet.COUNT, train.channels(), random);
    float[] biases = biases(train, dilations, channels, features / KernelSet.COUNT * KernelSet.COUNT, random);
    return new MiniRocket(train.channels(), dilations, channels, biases);
  }

  /// One that was fitted before.
  ///
  /// @param length   of the series it was fitted to
  /// @param channels of these series
  /// @param seed     that it was fitted with: the channels that each kernel sees follow from it
  /// @param biases   that it found
  /// @throws IllegalArgumentException if a series is too short, or the biases are not as many as features
  public static MiniRocket of(int length, int channels, long seed, float[] biases) {
    if (length < KernelSet.LENGTH || biases.length < FEWEST_FEATURES || biases.length % KernelSet.COUNT != 0) {
      throw new IllegalArgumentException("minirocket: " + biases.length + " biases for series of " + length
          + " samples; there are as many for each of the " + KernelSet.COUNT + " kernels, and a series has at least "
          + KernelSet.LENGTH);
    }
    Dilations dilations = Dilations.of(length, biases.length / KernelSet.COUNT);
    int[][] chosen = channels(dilations.count() * KernelSet.COUNT, channels, KeyedRandom.of(STREAM, seed));
    return new MiniRocket(channels, dilations, chosen, biases.clone());
  }

  /// For each combination a count of channels that is log-uniform from 1 to 9, and so many different ones.
  private static int[][] channels(int combinations, int count, SplittableRandom random) {
    double widest = Math.log(Math.min(count, MOST_CHANNELS) + 1) / Math.log(2);
    int[][] channels = new int[combinations][];
    for (int i = 0; i < combinations; i++) {
      int wanted = count == 1 ? 1 : (int) Math.pow(2, widest * random.nextDouble());
      channels[i] = chosen(wanted, count, random);
    }
    return channels;
  }

  private static int[] chosen(int wanted, int count, SplittableRandom random) {
    int[] all = new int[count];
    Arrays.setAll(all, c -> c);
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(count - i);
      int swapped = all[i];
      all[i] = all[j];
      all[j] = swapped;
    }
    return Arrays.copyOf(all, wanted);
  }

  private static float[] biases(TimeSeriesSet train, Dilations dilations, int[][] channels, int features,
      SplittableRandom random) {
    float[] biases = new float[features];
    var seen = new DilatedSeries(train.channels(), train.maxLength());
    float[] output = new float[train.maxLength()];
    int feature = 0;
    for (int d = 0; d < dilations.count(); d++) {
      for (int kernel = 0; kernel < KernelSet.COUNT; kernel++) {
        seen.set(train.get(random.nextInt(train.size())), dilations.spacing()[d]);
        seen.convolve(kernel, channels[d * KernelSet.COUNT + kernel], output);
        Arrays.sort(output);
        for (int i = 0; i < dilations.features()[d]; i++, feature++) {
          biases[feature] = quantile(output, (feature + 1) * GOLDEN_RATIO % 1);
        }
      }
    }
    return biases;
  }

  /// Between two values by a straight line.
  static float quantile(float[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, ascending.length - 1);
    return (float) (ascending[below] + (place - below) * (ascending[above] - ascending[below]));
  }

  /// The features of series, each from its own samples. Where a kernel is wider than a series, its whole padded output counts.
  ///
  /// @param series with the channels of the training series, of any length; features of another length than theirs are of another speed
  /// @return `[N][features()]`, each from 0 to 1
  /// @throws IllegalArgumentException if they have other channels
  public float[][] transform(TimeSeriesSet series) {
    float[][] features = room(series);
    transform(series, 0, features.length, features);
    return features;
  }

  /// The same to the last bit, on all threads of an engine.
  ///
  /// @param series as above
  /// @return `[N][features()]`, each from 0 to 1
  /// @throws IllegalArgumentException if they have other channels
  public float[][] transform(Engine engine, TimeSeriesSet series) {
    float[][] features = room(series);
    engine.parallel(Math.ceilDiv(features.length, SERIES_OF_A_PART), part -> {
      int from = part * SERIES_OF_A_PART;
      transform(series, from, Math.min(features.length, from + SERIES_OF_A_PART), features);
    });
    return features;
  }

  private float[][] room(TimeSeriesSet series) {
    if (series.channels() != channelCount) {
      throw new IllegalArgumentException("minirocket: " + series.name() + " has " + Count.of(series.channels(), "channel")
          + ", fitted to " + channelCount + "; give series like those of the training set");
    }
    return new float[series.size()][biases.length];
  }

  private void transform(TimeSeriesSet series, int from, int to, float[][] features) {
    var seen = new DilatedSeries(series.channels(), series.get(from).length());
    var samples = new SampleOrder(seen.length());
    for (int n = from; n < to; n++) {
      TimeSeries one = series.get(n);
      if (one.length() != seen.length()) {
        seen = new DilatedSeries(series.channels(), one.length());
        samples = new SampleOrder(one.length());
      }
      transform(one, seen, samples, features[n]);
    }
  }

  private void transform(TimeSeries series, DilatedSeries seen, SampleOrder samples, float[] features) {
    int length = series.length();
    float[] output = new float[length];
    int first = 0;
    for (int d = 0; d < dilations.count(); d++) {
      int spacing = dilations.spacing()[d];
      int padding = KernelSet.LENGTH / 2 * spacing;
      seen.set(series, spacing);
      for (int kernel = 0; kernel < KernelSet.COUNT; kernel++) {
        seen.convolve(kernel, channels[d * KernelSet.COUNT + kernel], output);
        samples.set(output);
        int edge = (d + kernel) % 2 == 0 || length <= 2 * padding ? 0 : padding;
        int end = first + dilations.features()[d];
        samples.shares(edge, length - edge, thresholds, first, end, features);
        first = end;
      }
    }
  }

  /// Count of features.
  public int features() {
    return biases.length;
  }

  /// What the convolutions are compared with, `[F]`.
  public float[] biases() {
    return biases.clone();
  }
}
