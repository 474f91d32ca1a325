package dev.anyrate.engine.kernel;

import java.util.List;

/// What was chosen, and why not something else.
///
/// @param chosen     name of the active backend
/// @param detail     what it uses
/// @param candidates those that were probed until one was chosen, best first
public record BackendReport(String chosen, String detail, List<Candidate> candidates) {
  /// One backend that was probed.
  ///
  /// @param name         as `--backend` takes it
  /// @param availability whether it can be used here
  public record Candidate(String name, KernelProvider.Availability availability) {}

  public BackendReport {
    candidates = List.copyOf(candidates);
  }

  /// One line: the active backend, then the reason and remedy of each better one that is missing.
  public String line() {
    var line = new StringBuilder("backend=" + chosen + " (" + detail + ")");
    for (Candidate candidate : candidates) {
      if (candidate.name().equals(chosen)) break;
      if (candidate.availability() instanceof KernelProvider.Unavailable(String reason, String remedy)) {
        line.append("; ").append(candidate.name()).append(" not used: ").append(reason).append("; ").append(remedy);
      }
    }
    return line.toString();
  }
}
