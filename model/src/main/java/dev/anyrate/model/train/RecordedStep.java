package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.autograd.MemoryUse;

/// Work on batches of one shape, recorded once, then run for each of them.
interface RecordedStep extends AutoCloseable {
  /// Whether a batch has the shape that this step was recorded for.
  boolean fits(PairedBatch batch);

  /// What this step needs beside parameters and optimiser.
  MemoryUse memory();

  @Override
  void close();
}
