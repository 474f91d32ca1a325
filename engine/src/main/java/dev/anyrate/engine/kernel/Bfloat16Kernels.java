package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Floats to bfloat16 and back. A bfloat16 is the upper half of a float (Kalamkar et al. 2019, <https://arxiv.org/abs/1905.12322>), so two of them take the room of one:
/// with h = ⌈size/2⌉, number i has the upper half of `packed[i]`, and number h + i the lower half.
public interface Bfloat16Kernels {
  /// Rounds to nearest, of two equally near numbers to that whose last bit is 0. Beyond the largest lies infinity; NaN stays NaN.
  ///
  /// @param x      Read.
  /// @param packed Overwritten; h elements, which are bits and no numbers.
  void pack(int size, Storage x, Storage packed);

  /// The numbers that [#pack] rounded.
  ///
  /// @param packed Read.
  /// @param x      Overwritten.
  void unpack(int size, Storage packed, Storage x);
}
