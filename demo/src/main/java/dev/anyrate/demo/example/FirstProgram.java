package dev.anyrate.demo.example;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.optim.Adam;

/// The library in twenty lines: trains a small encoder and embeds the series.
public final class FirstProgram {
  private FirstProgram() {}

  /// @param arguments none
  public static void main(String[] arguments) {
    System.out.println(train(10).length + " embeddings");
  }

  /// @param epochs passes over the data
  /// @return one embedding for each series
  public static float[][] train(int epochs) {
    // README begin
    TimeSeriesSet series = SyntheticData.create(400, 128, 1, 5, 42); // samples, length, channels, classes, seed
    var pairs = PairedTimeSeriesDataset.builder(series)
        .upsampleRate(2.0).downsampleRate(0.5).jitterStd(0.05).batchSize(128).seed(42).build();
    try (Engine engine = Engine.open();
        var model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 32, 64), 42); // channels, hidden, embedding
        var adam = Adam.adam(engine, model.parameters(), 1e-3f)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        for (PairedBatch batch : pairs.epoch(epoch)) {
          try (Tape tape = engine.tape()) { // all that the step makes is given back here
            Tensor loss = model.contrastiveLoss(tape, batch, 0.5f);
            adam.step(tape.backward(loss));
          }
        }
      }
      return model.encode(series);
    }
    // README end
  }
}
