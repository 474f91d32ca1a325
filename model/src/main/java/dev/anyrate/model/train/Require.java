package dev.anyrate.model.train;

/// The rules that settings keep.
final class Require {
  private Require() {}

  /// @param name   of the setting
  /// @param remedy what to give instead
  static void that(boolean holds, String name, Number value, String remedy) {
    if (!holds) throw new IllegalArgumentException(name + ": " + value + "; " + remedy);
  }
}
