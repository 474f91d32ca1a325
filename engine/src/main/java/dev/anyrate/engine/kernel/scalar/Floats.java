package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.ValidLength;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import java.util.Arrays;

/// The numbers of a storage, counted from 0. Reading widens to double and writing rounds to float: the one place where precision
/// changes.
///
/// @param array  holds the numbers; may be longer than the storage
/// @param offset index of the first one in `array`
record Floats(float[] array, int offset) {
  static Floats of(Storage storage) {
    HeapStorage heap = HeapStorage.of(storage);
    return new Floats(heap.array(), heap.offset());
  }

  double at(int i) {
    return array[offset + i];
  }

  /// A number that counts: a length, a label, a position.
  int whole(int i) {
    return (int) array[offset + i];
  }

  /// How many samples of a series are valid, where the numbers say so for each.
  ///
  /// @param length samples of each series in the batch
  /// @throws IllegalArgumentException if the number is none from 0 to `length`
  int count(int series, int length) {
    return count(series, 0, length);
  }

  /// The same.
  ///
  /// @param least samples that a series must have
  /// @throws IllegalArgumentException if the number is none from `least` to `length`
  int count(int series, int least, int length) {
    return ValidLength.of(array[offset + series], series, least, length);
  }

  /// How many samples a series has of which the batch holds other rows.
  ///
  /// @throws IllegalArgumentException if the number is none from 1 on
  int samples(int series) {
    return ValidLength.ofSamples(array[offset + series], series);
  }

  void set(int i, double value) {
    array[offset + i] = (float) value;
  }

  /// Zeros at `from … to - 1`.
  void clear(int from, int to) {
    Arrays.fill(array, offset + from, offset + to, 0);
  }
}
