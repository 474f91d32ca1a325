package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Random zeros that are a pure function of seed, step and element, so that they depend neither on threads nor on what ran before.
public interface DropoutKernels {
  /// y = x/(1 − rate) where [DropoutMask] keeps the element, else 0. Pulls a gradient back just as well.
  ///
  /// @param rate share of elements that become 0, from 0 up to, not including, 1
  /// @param step Read; one whole number.
  /// @param x    Read. May be `y`.
  /// @param y    Overwritten.
  void dropout(int size, float rate, long seed, Storage step, Storage x, Storage y);
}
