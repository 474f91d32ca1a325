package dev.anyrate.engine.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of JSON that a safetensors header may use: objects, arrays, strings, and whole numbers that are not negative.
///
/// Strict: no duplicate keys, no comments, no trailing commas, nothing behind the value but blanks.
final class HeaderJson {
  private final String text;
  private int position;

  private HeaderJson(String text) {
    this.text = text;
  }

  /// @return `Map`, `List`, `String` or `Long`
  /// @throws IllegalArgumentException with the index of the first character that does not fit
  static Object parse(String text) {
    var json = new HeaderJson(text);
    Object value = json.value();
    if (json.peek() != END) throw json.unexpected("the end");
    return value;
  }

  private static final char END = 0;

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    if (!accept('}')) {
      do {
        String key = string();
        expect(':');
        if (members.put(key, value()) != null) throw unexpected("each key once, not again '" + key + "'");
      } while (accept(','));
      expect('}');
    }
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    expect('[');
    if (!accept(']')) {
      do {
        elements.add(value());
      } while (accept(','));
      expect(']');
    }
    return elements;
  }

  private String string() {
    expect('"');
    var result = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') return result.toString();
      if (c < ' ') throw unexpected("no control character in a string");
      result.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) throw unexpected("a hexadecimal digit");
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw unexpected("an escape sequence");
    };
  }

  private Long number() {
    int start = position;
    while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') position++;
    boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
    if (position == start || leadingZero || position - start > 18) throw unexpected("a whole number");
    return Long.valueOf(text.substring(start, position));
  }

  /// The next character that is not blank, without taking it.
  private char peek() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) position++;
    return position < text.length() ? text.charAt(position) : END;
  }

  private boolean accept(char c) {
    if (peek() != c) return false;
    position++;
    return true;
  }

  private void expect(char c) {
    if (!accept(c)) throw unexpected("'" + c + "'");
  }

  private char next() {
    if (position >= text.length()) throw unexpected("more text");
    return text.charAt(position++);
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException("header, character " + position + ": expected " + expected);
  }
}
