package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Moves numbers between arrays of the caller and storages of the backend. The only place where they cross that border.
public interface TransferKernels {
  /// storage = source[offset … offset + storage.size())
  ///
  /// @param source  Read.
  /// @param offset  first element of `source`
  /// @param storage Overwritten.
  void upload(float[] source, int offset, Storage storage);

  /// target[offset …] = storage
  ///
  /// @param storage Read.
  /// @param target  Overwritten from `offset` on.
  /// @param offset  first element of `target`
  void download(Storage storage, float[] target, int offset);

  /// to = from
  ///
  /// @param from Read.
  /// @param to   Overwritten; same size.
  void copy(Storage from, Storage to);

  /// Every element becomes `value`.
  ///
  /// @param storage Overwritten.
  void fill(Storage storage, float value);
}
