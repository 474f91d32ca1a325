package dev.anyrate.demo.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whole numbers joined by commas, as one value of an option: of two such values the later counts, where the parser would add one list to the other.
///
/// @param values at least one
record WholeNumbers(List<Integer> values) {

  /// @throws NumberFormatException if a part is no whole number
  static WholeNumbers of(String text) {
    return new WholeNumbers(Stream.of(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
  }

  @Override
  public String toString() {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
