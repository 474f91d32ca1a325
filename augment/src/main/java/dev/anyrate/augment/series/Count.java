package dev.anyrate.augment.series;

/// A number of things, as messages say it.
public final class Count {
  private Count() {}

  /// Such as `1 channel` and `3 channels`.
  ///
  /// @param thing in the singular, of a word whose plural ends in s
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
