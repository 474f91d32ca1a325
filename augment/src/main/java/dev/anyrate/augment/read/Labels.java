package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// One spelling for each class label, whatever the format.
public final class Labels {
  private static final Set<String> COLUMN_NAMES = Set.of("label", "class", "target");

  private Labels() {}

  /// The label as the other formats write it: without quotes, and `1.0000000e+00` or `1.0` as `1`.
  ///
  /// @return null for `?`, which says that the label is not known
  /// @throws BadSeriesException if there is no text
  static String canonical(String text) {
    String label = unquoted(text.strip());
    if (label.isEmpty()) throw new BadSeriesException("the label is empty; write the name of the class, or ? if it is not known");
    if (label.equals("?")) return null;
    return isWrittenAsFloat(label) ? ofNumber(Double.parseDouble(label)) : label;
  }

  /// The classes that a header names: two spellings of one are one, and `?` is none.
  ///
  /// @throws BadSeriesException if one has no text
  static List<String> classes(List<String> names) {
    return names.stream().map(Labels::canonical).filter(Objects::nonNull).distinct().toList();
  }

  /// Whether a label reads as itself, so that a file can hold it: neither empty nor `?`, without quotes or blanks around it, a number as short as it can be, in one
  /// line.
  public static boolean isCanonical(String label) {
    return !label.isBlank() && label.chars().noneMatch(Character::isISOControl) && label.equals(canonical(label));
  }

  /// Whether a column of this name holds the labels. There are classes of these names too.
  public static boolean isColumnName(String name) {
    return COLUMN_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /// The label of a number: `1` for 1.0, `0.5` for 0.5.
  static String ofNumber(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static boolean isWrittenAsFloat(String label) {
    boolean marked = label.indexOf('.') >= 0 || label.indexOf('e') >= 0 || label.indexOf('E') >= 0;
    return marked && Numbers.isNumber(label) && Double.isFinite(Double.parseDouble(label));
  }

  /// Text without the pair of quotes around it, if there is one.
  static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && (text.charAt(0) == '\'' || text.charAt(0) == '"')
        && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
