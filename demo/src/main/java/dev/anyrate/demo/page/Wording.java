package dev.anyrate.demo.page;

import java.util.Locale;

/// Numbers and words as the pages write them, the same in every country.
final class Wording {
  private Wording() {}

  /// `String.format` with a decimal point.
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// With three decimals; a dash for a number that there is not.
  static String three(double value) {
    return Double.isNaN(value) ? "–" : text("%.3f", value);
  }

  /// The first letter large, for the beginning of a sentence.
  static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
