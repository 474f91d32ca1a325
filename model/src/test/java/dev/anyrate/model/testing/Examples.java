package dev.anyrate.model.testing;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Small series, batches and models.
public final class Examples {
  private Examples() {}

  /// Series of lengths 17, 28, 39, 50 in turn.
  public static TimeSeriesSet unequalSeries(int count, int channels) {
    List<TimeSeries> series = new ArrayList<>();
    for (TimeSeries whole : SyntheticData.create(count, 64, channels, 2, 7)) {
      float[][] values = new float[channels][];
      for (int c = 0; c < channels; c++) values[c] = Arrays.copyOf(whole.channel(c), 17 + 11 * (series.size() % 4));
      series.add(whole.withChannels(values));
    }
    return TimeSeriesSet.of("unequal", series);
  }

  /// Pairs of unequal series: series `b` with series `b + B` of twice as many.
  ///
  /// @param length to which all are padded with zeros
  public static PairedBatch pairs(int batch, int channels, int length) {
    TimeSeriesSet series = unequalSeries(2 * batch, channels);
    float[][] views = new float[2][batch * channels * length];
    int[][] lengths = new int[2][batch];
    for (int view = 0; view < 2; view++) {
      for (int b = 0; b < batch; b++) {
        TimeSeries one = series.get(view * batch + b);
        lengths[view][b] = one.length();
        for (int c = 0; c < channels; c++) {
          System.arraycopy(one.channel(c), 0, views[view], (b * channels + c) * length, one.length());
        }
      }
    }
    return new PairedBatch(views[0], lengths[0], views[1], lengths[1], batch, channels, length);
  }

  /// A small dilated CNN without preparation.
  public static ContrastiveModel model(Engine engine, int channels, EmbeddingKind embedding) {
    return model(engine, channels, embedding, Optional.empty());
  }

  /// A small dilated CNN.
  public static ContrastiveModel model(Engine engine, int channels, EmbeddingKind embedding,
      Optional<InputPreparation> preparation) {
    var config = new ModelConfig(CnnEncoderConfig.dilated(channels, 6, 5), 4, embedding);
    return ContrastiveModel.create(engine, config, preparation, 42);
  }

  /// A small transformer without preparation.
  public static ContrastiveModel transformer(Engine engine, int channels, EmbeddingKind embedding) {
    var config = new ModelConfig(new TransformerEncoderConfig(channels, 6, 5, 2, 2, 8, 4, 0), 4, embedding);
    return ContrastiveModel.create(engine, config, Optional.empty(), 42);
  }
}
