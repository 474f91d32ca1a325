package dev.anyrate.engine.autograd;

import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Runs operations one after the other, and owns all that they make until it is closed.
///
/// A [Tape] also remembers them for a backward pass; an [Inference] does not. A [Recording] computes nothing yet: it plans a step that is run many times. Layers take
/// an execution and need not know which.
public sealed interface Execution extends AutoCloseable permits Tape, Inference, Recording {
  /// Runs one operation.
  ///
  /// @return its result; usable until this execution is closed, of a recording: while its program runs
  Tensor run(Op op);

  /// A constant for this execution.
  ///
  /// @param values copied; as many as the shape has elements
  Tensor constant(Shape shape, float... values);

  /// Whether layers that differ between the two behave as in training: batch normalisation then uses, and updates by, the batch's statistics.
  boolean training();

  /// Gives back everything that was made here. Results and gradients are unusable from then on.
  @Override
  void close();
}
