package dev.anyrate.model.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.EmbeddingHealth;
import dev.anyrate.model.evaluate.LinearProbe;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How the embeddings of some training series lie after an epoch.
///
/// @param epoch         from 1
/// @param effectiveRank in how many directions they spread, see [EmbeddingHealth]
/// @param rateTold      share of series whose rate, half, native or double, a probe tells from the embedding; chance is a third
public record Checkup(int epoch, @JsonProperty("effective_rank") double effectiveRank,
    @JsonProperty("rate_told") double rateTold) {
  /// What `rateTold` is for an embedding that gives nothing away.
  public static final double CHANCE = 1.0 / 3;

  private static final List<Double> RATES = List.of(0.5, 1.0, 2.0);
  private static final int MOST_SERIES = 64; // the even ones teach the probe, the odd ones test it

  /// @param train at least two series
  static Checkup of(int epoch, ContrastiveModel model, TimeSeriesSet train) {
    TimeSeriesSet some = train.draw(MOST_SERIES);
    float[][][] byRate = RATES.stream().map(rate -> model.encode(RateProtocol.WHOLE.at(some, rate))).toArray(float[][][]::new);
    double rank = EmbeddingHealth.of(byRate[RATES.indexOf(1.0)]).effectiveRank();
    double told = LinearProbe.fit(every(byRate, 0), rates(some.size(), 0)).accuracy(every(byRate, 1), rates(some.size(), 1));
    return new Checkup(epoch, rank, told);
  }

  private static float[][] every(float[][][] byRate, int parity) {
    List<float[]> rows = new ArrayList<>();
    for (float[][] embeddings : byRate) {
      for (int n = parity; n < embeddings.length; n += 2) rows.add(embeddings[n]);
    }
    return rows.toArray(float[][]::new);
  }

  private static int[] rates(int count, int parity) {
    int[] rates = new int[RATES.size() * ((count + 1 - parity) / 2)];
    Arrays.setAll(rates, i -> i / ((count + 1 - parity) / 2));
    return rates;
  }
}
