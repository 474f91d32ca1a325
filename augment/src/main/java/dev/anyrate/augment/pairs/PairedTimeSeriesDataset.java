package dev.anyrate.augment.pairs;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.AugmentationPipeline;
import dev.anyrate.augment.transform.JitterAug;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.augment.transform.ResampleAug;
import java.util.random.RandomGenerator;

/// A set of series as batches of pairs for contrastive training: each series gives two random views of itself.
///
/// ```java
/// var pairs = PairedTimeSeriesDataset.builder(series)
///     .upsampleRate(2.0).downsampleRate(0.5).jitterStd(0.05).batchSize(128).seed(42).build();
/// for (PairedBatch batch : pairs.epoch(1)) train(batch);
/// ```
///
/// - An epoch shows every series once, in an order given by (seed, epoch).
/// - All chance of a view comes from (seed, epoch, index of the series, view): the batches are bit-identical for any number of
///   loader threads, and an epoch can be taken up in its middle.
/// - The batches of an epoch are as equal as can be: 20 series at 8 a batch are batches of 6, 7 and 7. None is dropped, and none is alone, so of an odd set in pairs
///   one batch has three.
/// - Views longer than the dataset's length are cropped at a random place, shorter ones padded with zeros.
public final class PairedTimeSeriesDataset {
  private static final long SHUFFLE = 0; // key of the order; views have the keys 1 and 2

  private final TimeSeriesSet set;
  private final ViewWriter view1;
  private final ViewWriter view2;
  private final int length;
  private final int batchSize;
  private final long seed;
  private final int loaderThreads;

  private PairedTimeSeriesDataset(Builder builder, int batchSize) {
    this.set = builder.set;
    this.length = builder.length;
    this.batchSize = batchSize;
    this.seed = builder.seed;
    this.loaderThreads = builder.loaderThreads;
    this.view1 = new ViewWriter(1, builder.firstView(), set.channels(), length);
    this.view2 = new ViewWriter(2, builder.secondView(), set.channels(), length);
  }

  /// Starts a dataset over a set without missing values.
  public static Builder builder(TimeSeriesSet set) {
    return new Builder(set);
  }

  /// All batches of an epoch.
  ///
  /// @param epoch any number; equal numbers give equal batches
  public PairedEpoch epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /// The batches of an epoch from `firstBatch` on: the way to resume in its middle.
  ///
  /// @param epoch      any number; equal numbers give equal batches
  /// @param firstBatch counted from 0, at most [#batchesPerEpoch()]
  public PairedEpoch epoch(int epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > batchesPerEpoch()) {
      throw new IllegalArgumentException("epoch " + epoch + " from batch " + firstBatch + ": there are " + batchesPerEpoch()
          + " batches, counted from 0; was it begun with another set or batch size?");
    }
    int[] order = order(epoch);
    return new PairedEpoch(firstBatch, batchesPerEpoch(), loaderThreads, batch -> assemble(epoch, order, batch));
  }

  /// Count of batches in an epoch, at least 1: as few as the batch size allows, but of at least two pairs each.
  public int batchesPerEpoch() {
    return Math.min((set.size() + batchSize - 1) / batchSize, set.size() / 2);
  }

  /// Count of pairs in the largest batch of an epoch; the others have one less or as many.
  public int batchSize() {
    return (set.size() + batchesPerEpoch() - 1) / batchesPerEpoch();
  }

  /// Count of channels, C.
  public int channels() {
    return set.channels();
  }

  /// Length of every view in a batch, L.
  public int length() {
    return length;
  }

  /// Place of a batch's first series in the order of the epoch.
  private int firstSeries(int batch) {
    return (int) ((long) set.size() * batch / batchesPerEpoch());
  }

  /// Indices of all series in the order of an epoch (Fisher-Yates).
  private int[] order(int epoch) {
    RandomGenerator random = KeyedRandom.of(seed, epoch, SHUFFLE);
    int[] order = new int[set.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private PairedBatch assemble(int epoch, int[] order, int batch) {
    int first = firstSeries(batch);
    int rows = firstSeries(batch + 1) - first;
    int rowSize = channels() * length;
    float[] values1 = new float[rows * rowSize];
    float[] values2 = new float[rows * rowSize];
    int[] lengths1 = new int[rows];
    int[] lengths2 = new int[rows];
    for (int row = 0; row < rows; row++) {
      int index = order[first + row];
      lengths1[row] = view1.write(set, index, KeyedRandom.of(seed, epoch, 1, index), values1, row * rowSize);
      lengths2[row] = view2.write(set, index, KeyedRandom.of(seed, epoch, 2, index), values2, row * rowSize);
    }
    return new PairedBatch(values1, lengths1, values2, lengths2, rows, channels(), length);
  }

  /// The parameters of a dataset, with defaults that need no thought.
  public static final class Builder {
    private final TimeSeriesSet set;
    private double upsampleRate = 2;
    private double downsampleRate = 0.5;
    private double jitterStd = 0.05;
    private boolean ratesOrJitterGiven;
    private Augmentation view1; // null: made of rates and jitter
    private Augmentation view2;
    private int batchSize = 128;
    private int length;
    private int loaderThreads = 1;
    private long seed;

    private Builder(TimeSeriesSet set) {
      this.set = set.requireComplete();
      this.length = set.maxLength();
    }

    /// Highest rate of the first view, which is drawn log-uniformly from 1 to this; at least 1. Default 2.
    public Builder upsampleRate(double rate) {
      if (!(rate >= 1)) throw new IllegalArgumentException("upsample rate " + rate + " must be at least 1; 1 keeps the rate");
      upsampleRate = rate;
      ratesOrJitterGiven = true;
      return this;
    }

    /// Lowest rate of the second view, which is drawn log-uniformly from this to 1; above 0, at most 1. Default 0.5.
    public Builder downsampleRate(double rate) {
      if (!(rate > 0 && rate <= 1)) {
        throw new IllegalArgumentException("downsample rate " + rate + " must be above 0 and at most 1; 1 keeps the rate");
      }
      downsampleRate = rate;
      ratesOrJitterGiven = true;
      return this;
    }

    /// Standard deviation of the noise on both views, in the unit of the values; 0 for none. Default 0.05.
    public Builder jitterStd(double std) {
      jitterStd = std;
      ratesOrJitterGiven = true;
      return this;
    }

    /// Makes both views by one augmentation instead of the rates and jitter of this builder.
    public Builder view(Augmentation augmentation) {
      return views(augmentation, augmentation);
    }

    /// Makes each view by its own augmentation instead of the rates and jitter of this builder.
    public Builder views(Augmentation first, Augmentation second) {
      view1 = first;
      view2 = second;
      return this;
    }

    /// Count of pairs that a batch shall not exceed, at least 2. Default 128.
    public Builder batchSize(int size) {
      if (size < 2) {
        throw new IllegalArgumentException(
            "batch size " + size + ": NT-Xent compares a pair with other pairs; give at least 2, better 64");
      }
      batchSize = size;
      return this;
    }

    /// The one length to which views are padded or cropped, at least 2. Default: that of the longest series.
    public Builder length(int samples) {
      if (samples < 2) throw new IllegalArgumentException("length " + samples + " of the views must be at least 2");
      length = samples;
      return this;
    }

    /// Count of threads that prepare batches ahead of the trainer, at least 1. Changes no result. Default 1.
    public Builder loaderThreads(int threads) {
      if (threads < 1) throw new IllegalArgumentException("loader threads " + threads + ": at least 1 is needed");
      loaderThreads = threads;
      return this;
    }

    /// Where all chance comes from. Default 0.
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /// The dataset.
    ///
    /// @throws BadSeriesException       if the set has a single series
    /// @throws IllegalArgumentException if a parameter is out of bounds, two contradict each other, or a batch would be too large
    public PairedTimeSeriesDataset build() {
      if (view1 != null && ratesOrJitterGiven) {
        throw new IllegalArgumentException(
            "paired dataset: views are given, so rates and jitter have no effect; leave one of both out");
      }
      if (set.size() < 2) {
        throw new BadSeriesException(set.name() + ": a single series; contrastive training compares series, give at least 2");
      }
      int size = Math.min(batchSize, set.size());
      if ((long) size * set.channels() * length > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "paired dataset: a batch of " + size + " pairs, " + set.channels() + " channels and length "
                + length + " is too large for an array; choose a smaller batch or length");
      }
      return new PairedTimeSeriesDataset(this, size);
    }

    private Augmentation firstView() {
      return view1 != null ? view1 : AugmentationPipeline.of(new ResampleAug(1, upsampleRate, 1), new JitterAug(jitterStd, 1));
    }

    private Augmentation secondView() {
      return view2 != null ? view2 : AugmentationPipeline.of(new ResampleAug(downsampleRate, 1, 1), new JitterAug(jitterStd, 1));
    }
  }
}
