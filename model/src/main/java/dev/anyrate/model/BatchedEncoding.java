package dev.anyrate.model;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Sends a set through an encoder in batches that fit in a small heap.
///
/// Series are taken in their order and padded with zeros to the longest of their batch, at least to what the encoder takes.
record BatchedEncoding(Engine engine, ContrastiveModel model) {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // that JVMs give

  float[][] encode(TimeSeriesSet set) {
    float[][] embeddings = new float[set.size()][];
    for (int from = 0; from < set.size();) {
      int to = endOfBatch(set, from);
      encode(set, from, to, embeddings);
      from = to;
    }
    return embeddings;
  }

  private static int endOfBatch(TimeSeriesSet set, int from) {
    int longest = set.get(from).length();
    int to = from + 1;
    while (to < set.size()) {
      longest = Math.max(longest, set.get(to).length());
      if ((long) longest * (to + 1 - from) > ContrastiveModel.SAMPLES_TOGETHER) break;
      to++;
    }
    return to;
  }

  /// Numbers of a batch. Only that of a single series can be too many for an array: others have [ContrastiveModel#SAMPLES_TOGETHER] samples at most.
  ///
  /// @throws BadSeriesException if it is
  static int room(String name, int from, int batch, int channels, int longest) {
    long numbers = (long) batch * channels * longest;
    if (numbers <= LARGEST_ARRAY) return (int) numbers;
    throw new BadSeriesException(name + ", series " + (from + 1) + ": " + Count.of(channels, "channel") + " of " + longest
        + " samples are " + numbers + " numbers, more than the " + LARGEST_ARRAY
        + " of an array; give it in parts, or at a lower rate");
  }

  private void encode(TimeSeriesSet set, int from, int to, float[][] embeddings) {
    int batch = to - from;
    int longest = model.config().encoder().shortestSeries();
    for (int i = from; i < to; i++) longest = Math.max(longest, set.get(i).length());
    float[] values = new float[room(set.name(), from, batch, set.channels(), longest)]; // [B, C, L]
    float[] lengths = new float[batch]; // [B]
    for (int i = 0; i < batch; i++) {
      TimeSeries series = set.get(from + i);
      lengths[i] = series.length();
      for (int c = 0; c < set.channels(); c++) {
        System.arraycopy(series.channel(c), 0, values, (i * set.channels() + c) * longest, series.length());
      }
    }
    try (Inference inference = engine.inference()) {
      Tensor series = inference.constant(Shape.of(batch, set.channels(), longest), values);
      float[] rows = engine.toHost(model.embed(inference, series, inference.constant(Shape.of(batch), lengths)));
      int size = model.config().featureSize();
      for (int i = 0; i < batch; i++) {
        embeddings[from + i] = new float[size];
        System.arraycopy(rows, i * size, embeddings[from + i], 0, size);
      }
    }
  }
}
