package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// The outcome of an evaluation: what `report.json` holds.
///
/// @param dataset   its name; of TEST, if that is another than TRAIN's
/// @param classes   count of classes
/// @param train     count of series that the probes are fitted to
/// @param test      count of series that they are tested on
/// @param channels  of every series
/// @param length    shortest and longest series of TRAIN and TEST
/// @param seed      of the augmented copies
/// @param backend   that the embeddings were computed on
/// @param encoder   kind of the encoder
/// @param embedding values in an embedding
/// @param ours      results of the trained encoder; its two parts stand in the file as `whole` and `window`
/// @param baselines what the same data gives without training
/// @param seconds   where the time went; the one part that differs from run to run
public record EvaluationReport(String dataset, int classes, int train, int test, int channels, List<Integer> length, long seed,
    String backend, String encoder, int embedding, @JsonUnwrapped ByProtocol<RateResult> ours, Baselines baselines,
    Seconds seconds) {
  /// Methods to compare with.
  ///
  /// @param rawLr      logistic regression on the values, resampled to one length
  /// @param euclid1nn  nearest neighbour on the same values, by Euclidean distance
  /// @param untrained  the same encoder before training
  public record Baselines(@JsonProperty("raw_lr") ByProtocol<BaselineResult> rawLr,
      @JsonProperty("euclid_1nn") ByProtocol<BaselineResult> euclid1nn,
      @JsonProperty("untrained") ByProtocol<RateResult> untrained) {}

  /// Time on the clock.
  ///
  /// @param encode embedding TRAIN and TEST at their native rate
  /// @param probe  fitting a probe to TRAIN
  public record Seconds(@JsonProperty("encode") double encode, @JsonProperty("probe") double probe) {}
}
