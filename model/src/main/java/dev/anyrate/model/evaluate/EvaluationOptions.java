package dev.anyrate.model.evaluate;

import dev.anyrate.augment.resample.SamplingRate;
import java.util.List;

/// What an [Evaluation] needs to know beside series and encoders.
///
/// @param rates   relative to the series as they are, each above 0; reported in this order
/// @param seed    of the augmented copies of TRAIN
/// @param backend for the report
/// @param encoder for the report, such as `cnn`
public record EvaluationOptions(List<Double> rates, long seed, String backend, String encoder) {
  /// @throws IllegalArgumentException if there is no rate, one stands twice, or one is out of bounds
  public EvaluationOptions {
    rates = List.copyOf(rates);
    if (rates.isEmpty() || rates.stream().distinct().count() != rates.size()) {
      throw new IllegalArgumentException("evaluation: rates " + rates + "; give at least one, each once");
    }
    rates.forEach(SamplingRate::new); // refuses what is no rate before the work begins
  }

  /// The rates of [RateProtocol#DEFAULT_RATES].
  public static EvaluationOptions of(long seed, String backend, String encoder) {
    return new EvaluationOptions(RateProtocol.DEFAULT_RATES, seed, backend, encoder);
  }
}
