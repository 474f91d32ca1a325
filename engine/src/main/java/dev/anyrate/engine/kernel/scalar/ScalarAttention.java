package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.AttentionKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// Attention, one query at a time: a row of scores is never kept, only its maximum and its sum so far.
public final class ScalarAttention implements AttentionKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarAttention(Workers workers) {
    this.workers = workers;
  }

  /// One head of one series: where its numbers stand.
  private record Head(int series, int head, int heads, int headSize, int length) {
    static Head of(int part, int heads, int headSize, int length) {
      return new Head(part / heads, part % heads, heads, headSize, length);
    }

    int query(int i) {
      return (series * length + i) * 3 * heads * headSize + head * headSize;
    }

    int key(int j) {
      return query(j) + heads * headSize;
    }

    int value(int j) {
      return key(j) + heads * headSize;
    }

    int result(int i) {
      return (series * length + i) * heads * headSize + head * headSize;
    }

    int logSum(int i) {
      return (series * heads + head) * length + i;
    }
  }

  @Override
  public void attention(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y, Storage logSum) {
    var x = Floats.of(qkv);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    var logSums = Floats.of(logSum);
    double scale = 1 / Math.sqrt(headSize);
    workers.runRanges(batch * heads, 1, (from, to) -> {
      double[] mixed = new double[headSize]; // Σ e^(s_ij − max)·v_j, over the j so far
      for (int part = from; part < to; part++) {
        Head head = Head.of(part, heads, headSize, length);
        for (int i = 0; i < length; i++) {
          Arrays.fill(mixed, 0);
          double max = Double.NEGATIVE_INFINITY; // of s_ij, likewise
          double sum = 0; // of e^(s_ij − max), likewise
          for (int j = 0; j < valid.count(head.series, length); j++) {
            double s = scale * ScalarSimilarity.dot(x, head.query(i), x, head.key(j), headSize);
            if (s > max) { // all that was summed so far was too large by this factor
              double factor = Math.exp(max - s);
              sum *= factor;
              for (int d = 0; d < headSize; d++) mixed[d] *= factor;
              max = s;
            }
            double weight = Math.exp(s - max);
            sum += weight;
            for (int d = 0; d < headSize; d++) mixed[d] += weight * x.at(head.value(j) + d);
          }
          boolean masked = sum == 0;
          for (int d = 0; d < headSize; d++) ys.set(head.result(i) + d, masked ? 0 : mixed[d] / sum);
          logSums.set(head.logSum(i), masked ? 0 : max + Math.log(sum));
        }
      }
    });
  }

  @Override
  public void attentionBackward(int batch, int length, int heads, int headSize, Storage qkv, Storage lengths, Storage y,
      Storage logSum, Storage dY, Storage dQkv) {
    var x = Floats.of(qkv);
    var valid = Floats.of(lengths);
    var ys = Floats.of(y);
    var logSums = Floats.of(logSum);
    var dYs = Floats.of(dY);
    var dX = Floats.of(dQkv);
    double scale = 1 / Math.sqrt(headSize);
    workers.runRanges(batch * heads, 1, (from, to) -> {
      double[] dQuery = new double[headSize];
      double[] dKeys = new double[length * headSize];
      double[] dValues = new double[length * headSize];
      for (int part = from; part < to; part++) {
        Head head = Head.of(part, heads, headSize, length);
        Arrays.fill(dKeys, 0);
        Arrays.fill(dValues, 0);
        for (int i = 0; i < length; i++) {
          Arrays.fill(dQuery, 0);
          double meanOfDP = ScalarSimilarity.dot(dYs, head.result(i), ys, head.result(i), headSize); // D_i
          for (int j = 0; j < valid.count(head.series, length); j++) {
            double s = scale * ScalarSimilarity.dot(x, head.query(i), x, head.key(j), headSize);
            double p = Math.exp(s - logSums.at(head.logSum(i)));
            double dP = ScalarSimilarity.dot(dYs, head.result(i), x, head.value(j), headSize);
            double dS = p * (dP - meanOfDP) * scale;
            for (int d = 0; d < headSize; d++) {
              dQuery[d] += dS * x.at(head.key(j) + d);
              dKeys[j * headSize + d] += dS * x.at(head.query(i) + d);
              dValues[j * headSize + d] += p * dYs.at(head.result(i) + d);
            }
          }
          for (int d = 0; d < headSize; d++) dX.set(head.query(i) + d, dQuery[d]);
        }
        for (int j = 0; j < length; j++) {
          for (int d = 0; d < headSize; d++) {
            dX.set(head.key(j) + d, dKeys[j * headSize + d]);
            dX.set(head.value(j) + d, dValues[j * headSize + d]);
          }
        }
      }
    });
  }
}
