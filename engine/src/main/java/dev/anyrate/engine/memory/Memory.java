package dev.anyrate.engine.memory;

/// Hands out storages. Fresh ones hold **arbitrary** numbers: whoever asks for one writes it before it is read.
public interface Memory {
  /// @param size count of floats, at least 0
  /// @return an open storage of exactly that size
  Storage allocate(int size);

  /// Whether a buffer may serve one storage after the other. Without reuse every storage has numbers of its own, so that a use of dead ones is found.
  default boolean reuses() {
    return true;
  }
}
