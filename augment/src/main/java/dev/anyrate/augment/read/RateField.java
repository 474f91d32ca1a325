package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;

/// The sampling rate of a series, where a file gives it: the column `rate_hz` of tables and `.arff` files, `@samplingRate` of `.ts` files, the arrays
/// `rate_hz_train` and `rate_hz_test` of `.npz` files. In samples a second.
final class RateField {
  static final String NAME = "rate_hz";

  private RateField() {}

  /// Whether a column holds the rate.
  static boolean isNamed(String column) {
    return Labels.unquoted(column.strip()).equalsIgnoreCase(NAME);
  }

  /// A series with the rate of its field; as it is where the field is `?`, which says that the rate is not known.
  ///
  /// @param name  of the column or tag, for the complaint
  /// @param field its text
  /// @throws BadSeriesException if the field is neither
  static TimeSeries apply(TimeSeries series, String name, String field) {
    String text = field.strip();
    if (text.equals("?")) return series;
    double hertz = number(text);
    if (TimeSeries.isRateHz(hertz)) return series.withRateHz(hertz);
    throw new BadSeriesException(name + " is '" + Numbers.shortened(text)
        + "', which is no sampling rate; give samples a second, above 0, such as 12000, or ? if it is not known");
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
