package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;

/// Numbers in text. Cut by hand: the files hold millions of them.
final class Numbers {
  private Numbers() {}

  /// The values of `text[from, to)`, each perhaps in quotes; an empty field, `?` and `NaN` are missing values (NaN).
  ///
  /// @param separator between two values
  /// @throws BadSeriesException if a field is not a number; names its position, counted from 1
  static float[] parse(String text, int from, int to, char separator) {
    float[] values = new float[count(text, from, to, separator)];
    int start = from;
    for (int i = 0; i < values.length; i++) {
      int end = text.indexOf(separator, start, to);
      if (end < 0) end = to;
      String field = Labels.unquoted(text.substring(start, end).strip());
      try {
        values[i] = isMissing(field) ? Float.NaN : number(field);
      } catch (NumberFormatException _) {
        throw new BadSeriesException("value " + (i + 1) + " is '" + shortened(field)
            + "', not a number; correct it, or write ? or NaN if it is missing");
      }
      start = end + 1;
    }
    return values;
  }

  private static int count(String text, int from, int to, char separator) {
    int count = 1;
    for (int i = text.indexOf(separator, from, to); i >= 0; i = text.indexOf(separator, i + 1, to)) count++;
    return count;
  }

  /// Whether a field stands for a missing value.
  static boolean isMissing(String field) {
    return field.isEmpty() || field.equals("?") || field.equalsIgnoreCase("nan");
  }

  /// Whether a field is a decimal number or an infinity.
  static boolean isNumber(String field) {
    try {
      number(field);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// A decimal number, or an infinity (which every series refuses with a message of its own). Java's own parser would also take
  /// `1f`, `1d` and `0x1p3`.
  private static float number(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (!(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) return infinity(field);
    }
    return Float.parseFloat(field);
  }

  private static float infinity(String field) {
    String name = field.startsWith("-") || field.startsWith("+") ? field.substring(1) : field;
    if (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("infinity")) return Float.POSITIVE_INFINITY;
    throw new NumberFormatException(field);
  }

  /// Text fit for a message of one line.
  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }
}
