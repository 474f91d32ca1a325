package dev.anyrate.engine.autograd;

/// Memory of a training step.
///
/// @param activations bytes that are kept from the forward pass for the backward pass
/// @param peak        bytes of all results, gradients and work memory of the step at once; parameters and optimiser state are not in it
public record MemoryUse(long activations, long peak) {
  /// How many times what must be kept is used.
  public double ratio() {
    return (double) peak / activations;
  }
}
