package dev.anyrate.model.train;

import dev.anyrate.model.optim.WarmupCosine;

/// How the weights follow the gradients of a run: AdamW with a schedule, clipping and an average.
///
/// @param learningRate peak of the learning rate
/// @param warmup       share of all steps in which the learning rate rises; 0 for none
/// @param cosine       whether the learning rate falls to 0 by half a cosine after that, else it stays
/// @param weightDecay  of AdamW; 0 for plain Adam
/// @param clip         limit of the gradient's norm; 0 for none
/// @param averaging    decay of the averaged weights that the checkpoint then holds, see [dev.anyrate.model.optim.WeightAverage]; 0 for
///                     the weights of the last step
public record Optimization(float learningRate, float warmup, boolean cosine, float weightDecay, float clip, float averaging) {
  public Optimization {
    Require.that(learningRate > 0 && learningRate <= 10, "learning rate", learningRate,
        "give a number above 0 and up to 10, such as 0.001");
    Require.that(warmup >= 0 && warmup < 1, "warm-up", warmup, "give a share from 0 up to, not including, 1");
    Require.that(weightDecay >= 0 && weightDecay <= 10, "weight decay", weightDecay, "give a number from 0 to 10");
    Require.that(clip >= 0 && !Float.isInfinite(clip), "gradient clipping", clip, "give a limit above 0, or 0 for none");
    Require.that(averaging >= 0 && averaging < 1, "averaging of weights", averaging,
        "give a decay from 0 (none) up to, not including, 1, such as 0.999");
  }

  /// Plain Adam at one rate.
  public static Optimization fixed(float learningRate) {
    return new Optimization(learningRate, 0, false, 0, 0, 0);
  }

  /// The learning rate of a step.
  ///
  /// @param step       from 0
  /// @param totalSteps of the whole run
  public float learningRateAt(int step, int totalSteps) {
    int warmupSteps = Math.round(warmup * totalSteps);
    int place = cosine ? step : Math.min(step, warmupSteps); // where the rise ends, at its peak
    return new WarmupCosine(learningRate, warmupSteps, totalSteps).at(place);
  }

  /// The same with another limit of the gradient's norm.
  public Optimization withClip(float limit) {
    return new Optimization(learningRate, warmup, cosine, weightDecay, limit, averaging);
  }

  /// The same with averaged weights.
  public Optimization withAveraging(float decay) {
    return new Optimization(learningRate, warmup, cosine, weightDecay, clip, decay);
  }
}
