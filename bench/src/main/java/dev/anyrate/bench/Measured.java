package dev.anyrate.bench;

/// A benchmark that says how much one call does. Asked after its parameters are set, before its set-up.
public interface Measured {
  /// What one call does.
  Work work();
}
