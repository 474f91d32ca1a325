package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The header of an `.arff` file, line by line.
///
/// Two forms are known: numeric attributes, one for each instant, and after them the class; or one relational attribute (`@end`
/// closes its instants) and after it the class. The class is nominal (`{a,b}`) or a string; it may be absent. In front of both a numeric attribute
/// `rate_hz` may give the sampling rate.
final class ArffHeader {
  private static final Set<String> NUMERIC = Set.of("numeric", "real", "integer");
  private String relation = "";
  private List<String> classNames = List.of();
  private int instants;
  private boolean rated;
  private boolean relational;
  private boolean labelled;
  private boolean complete;

  /// Takes one header line.
  void accept(String line) {
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1].strip() : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "@relation" -> relation = Labels.unquoted(rest);
      case "@attribute" -> acceptAttribute(rest);
      case "@end" -> {
      }
      case "@data" -> complete();
      default -> throw new BadSeriesException("'" + Numbers.shortened(line)
          + "' stands before @data; a header line begins with @relation, @attribute or @end");
    }
  }

  private void acceptAttribute(String nameAndType) {
    String type = nameAndType.substring(endOfName(nameAndType)).strip();
    if (labelled) throw new BadSeriesException("attribute after the class; the class must be the last one");
    if (NUMERIC.contains(type.toLowerCase(Locale.ROOT))) {
      if (RateField.isNamed(nameAndType.substring(0, endOfName(nameAndType)))) {
        acceptRate();
      } else {
        instants++;
      }
    } else if (type.equalsIgnoreCase("relational")) {
      if (relational || instants > 0)
        throw new BadSeriesException("a relational attribute must be the only one beside the class");
      relational = true;
    } else if (type.startsWith("{") && type.endsWith("}") || type.equalsIgnoreCase("string")) {
      labelled = true;
      if (type.startsWith("{")) classNames = Labels.classes(nominalValues(type.substring(1, type.length() - 1)));
    } else {
      throw new BadSeriesException("attribute of type '" + Numbers.shortened(type)
          + "'; known are numeric, real, integer, relational, and for the class {a,b} or string");
    }
  }

  private void acceptRate() {
    if (rated || relational || instants > 0) {
      throw new BadSeriesException(
          "the attribute " + RateField.NAME + " must be the first one, before the values, and stand once");
    }
    rated = true;
  }

  private static int endOfName(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    int end = first == '\'' || first == '"' ? text.indexOf(first, 1) + 1 : text.split("\\s", 2)[0].length();
    if (end == 0) throw new BadSeriesException("@attribute without a name and type; write '@attribute NAME numeric'");
    return end;
  }

  private static List<String> nominalValues(String text) {
    List<String> values = new ArrayList<>();
    for (int start = 0; start <= text.length();) {
      int from = start;
      while (from < text.length() && text.charAt(from) == ' ') from++;
      boolean quoted = from < text.length() && (text.charAt(from) == '\'' || text.charAt(from) == '"');
      int close = quoted ? text.indexOf(text.charAt(from), from + 1) : from;
      int comma = close < 0 ? -1 : text.indexOf(',', close);
      int end = comma < 0 ? text.length() : comma;
      values.add(text.substring(start, end));
      start = end + 1;
    }
    return values;
  }

  private void complete() {
    if (instants == 0) throw new BadSeriesException("no numeric attribute before @data; write one for each value");
    complete = true;
  }

  /// Whether `@data` has been read.
  boolean isComplete() {
    return complete;
  }

  /// Name of the relation; empty if there is none.
  String relation() {
    return relation;
  }

  /// Classes in the header's order; empty if it names none.
  List<String> classNames() {
    return classNames;
  }

  /// Count of values in each channel.
  int instants() {
    return instants;
  }

  /// Whether each row begins with its sampling rate.
  boolean isRated() {
    return rated;
  }

  /// Whether the channels stand in one quoted field.
  boolean isRelational() {
    return relational;
  }

  /// Whether a class stands at the end of each row.
  boolean isLabelled() {
    return labelled;
  }
}
