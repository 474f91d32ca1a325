package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// How a proof is made.
///
/// @param rates        relative to the series as they are, each above 0
/// @param seeds        everything that chance decides is repeated with each of these
/// @param requirements that the trained encoder must meet
public record ProofOptions(List<Double> rates, List<Long> seeds, List<Requirement> requirements) {
  /// @throws IllegalArgumentException if there is no rate or seed, a rate is out of bounds, or a requirement asks for a rate that is not among them
  public ProofOptions {
    rates.forEach(SamplingRate::new); // refuses what is no rate before the work begins
    if (rates.isEmpty() || seeds.isEmpty())
      throw new IllegalArgumentException("proof: no rate or no seed; give at least one of each");
    var withNative = new ArrayList<>(rates);
    if (!rates.contains(1.0)) withNative.add(1.0); // what all others are compared with
    rates = withNative.stream().distinct().sorted().toList();
    seeds = List.copyOf(seeds);
    requirements = List.copyOf(requirements);
    for (Requirement requirement : requirements) requireMeasured(requirement, rates);
  }

  /// Refuses before the work a requirement that could not be held against anything.
  private static void requireMeasured(Requirement requirement, List<Double> rates) {
    if (Double.isNaN(requirement.rate()) || rates.contains(requirement.rate())) return;
    throw new IllegalArgumentException("requirement " + requirement.text() + ": its rate is none of "
        + String.join(",", rates.stream().map(RateProtocol::key).toList())
        + "; add it to --rates, or require something else by --require");
  }

  /// The rates of [RateProtocol#DEFAULT_RATES] and the requirements of [Requirement#DEFAULTS].
  ///
  /// @param seed  the first
  /// @param count of seeds, from `seed` on
  public static ProofOptions of(long seed, int count) {
    return new ProofOptions(RateProtocol.DEFAULT_RATES, seeds(seed, count), Requirement.DEFAULTS);
  }

  /// Successive seeds.
  public static List<Long> seeds(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }
}
