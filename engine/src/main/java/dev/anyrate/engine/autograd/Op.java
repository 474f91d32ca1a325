package dev.anyrate.engine.autograd;

import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// An operation on given tensors: a record whose constructor checks the shape rule, and whose file holds forward and backward together.
///
/// Anyone may write one; the engine knows no list of them. See `CONTRIBUTING.md`, and the test `CustomOpTest` for an example.
public interface Op {
  /// The tensors it reads and may have gradients for.
  List<Tensor> inputs();

  /// Decides the result's shape and takes the memory for it and for what the backward pass needs. Computes nothing.
  ///
  /// @param memory gives storages that live as long as the tape
  Step plan(Memory memory);
}
