package dev.anyrate.model.evaluate.proof;

import dev.anyrate.model.evaluate.Separation;
import java.util.List;
import java.util.Map;

/// The outcome of a proof.
///
/// @param dataset      its name
/// @param classes      count of classes
/// @param train        count of series that probes are fitted to
/// @param test         count of series that they are tested on
/// @param channels     of every series
/// @param lengths      shortest and longest series of TRAIN and TEST
/// @param embedding    numbers in an embedding
/// @param options      how it was made
/// @param measured     every number
/// @param separations  the distributions of own and other cosines of the trained encoder by view
/// @param requirements what was asked, and whether it holds
public record ProofReport(String dataset, int classes, int train, int test, int channels, List<Integer> lengths, int embedding,
    ProofOptions options, Measurements measured, Map<TestView, Separation> separations, List<Requirement.Outcome> requirements) {
  /// Whether everything that was asked holds.
  public boolean holds() {
    return requirements.stream().allMatch(Requirement.Outcome::holds);
  }
}
