package dev.anyrate.bench.peers;

import dev.anyrate.bench.Call;

/// What one side does for each workload.
@FunctionalInterface
public interface Calls {
  /// Puts the operands in place.
  Call prepare(Workload workload);
}
