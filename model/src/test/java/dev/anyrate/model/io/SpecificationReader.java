package dev.anyrate.model.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A second reader of safetensors, written from the format's description alone and without a JSON library, so that the writer is
/// not judged by the reader that was made for it. Any byte that the description does not allow is an [IllegalStateException].
public final class SpecificationReader {
  /// One entry of the header with its numbers.
  public record Entry(String dtype, List<Long> shape, byte[] data) {
    public float[] floats() {
      float[] values = new float[data.length / Float.BYTES];
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }

  /// Everything in a file.
  public record Content(Map<String, String> metadata, Map<String, Entry> tensors) {}

  private static final Map<String, Integer> BYTES = Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2, "I64", 8, "I32", 4, "I16", 2,
      "I8", 1,
      "U8", 1, "BOOL", 1);

  private final String header;
  private int at;

  private SpecificationReader(String header) {
    this.header = header;
  }

  /// @param file all bytes of the file
  public static Content read(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    require(length >= 2 && length <= 100_000_000 && length <= file.length - 8, "header length " + length);
    require(file[8] == '{', "the header begins with '{'");
    Map<String, Object> json = parse(Arrays.copyOfRange(file, 8, 8 + (int) length));
    byte[] data = Arrays.copyOfRange(file, 8 + (int) length, file.length);

    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> tensors = new LinkedHashMap<>();
    int[] covered = new int[data.length];
    json.forEach((name, value) -> {
      if (name.equals("__metadata__")) {
        object(value).forEach((key, text) -> metadata.put(key, (String) text));
      } else {
        tensors.put(name, entry(object(value), data, covered));
      }
    });
    require(Arrays.stream(covered).allMatch(count -> count == 1), "each byte belongs to one tensor");
    return new Content(metadata, tensors);
  }

  private static Entry entry(Map<String, Object> value, byte[] data, int[] covered) {
    require(value.keySet().equals(Set.of("dtype", "shape", "data_offsets")), "keys " + value.keySet());
    String dtype = (String) value.get("dtype");
    List<Long> shape = integers(value.get("shape"));
    List<Long> offsets = integers(value.get("data_offsets"));
    long bytes = shape.stream().reduce((long) BYTES.get(dtype), Math::multiplyExact);
    require(offsets.size() == 2 && offsets.get(1) - offsets.get(0) == bytes && offsets.get(1) <= data.length,
        "offsets " + offsets);
    int begin = Math.toIntExact(offsets.get(0));
    int end = Math.toIntExact(offsets.get(1));
    for (int i = begin; i < end; i++) covered[i]++;
    return new Entry(dtype, shape, Arrays.copyOfRange(data, begin, end));
  }

  private static Map<String, Object> parse(byte[] header) {
    try {
      var reader = new SpecificationReader(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString());
      Map<String, Object> json = reader.object();
      require(reader.header.substring(reader.at).isBlank(), "only spaces follow the header's object");
      return json;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("the header is UTF-8", e);
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> entries = new LinkedHashMap<>();
    take('{');
    if (next() == '}') {
      take('}');
      return entries;
    }
    do {
      String key = string();
      take(':');
      Object value = switch (next()) {
        case '{' -> object();
        case '[' -> list();
        default -> string();
      };
      require(entries.put(key, value) == null, "duplicate key " + key);
    } while (more('}'));
    return entries;
  }

  private List<Long> list() {
    List<Long> values = new ArrayList<>();
    take('[');
    if (next() == ']') {
      take(']');
      return values;
    }
    do {
      int begin = at;
      while (Character.isDigit(next())) at++;
      values.add(Long.parseLong(header.substring(begin, at)));
    } while (more(']'));
    return values;
  }

  private String string() {
    var text = new StringBuilder();
    take('"');
    while (next() != '"') {
      char c = header.charAt(at++);
      require(c >= ' ', "control character in a string");
      text.append(c == '\\' ? escaped() : c);
    }
    take('"');
    return text.toString();
  }

  private char escaped() {
    char c = header.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt(header.substring(at, at += 4), 16);
      default -> throw new IllegalStateException("escape \\" + c);
    };
  }

  private boolean more(char close) {
    boolean more = next() == ',';
    take(more ? ',' : close);
    return more;
  }

  private char next() {
    require(at < header.length(), "the header ends early");
    return header.charAt(at);
  }

  private void take(char expected) {
    require(next() == expected, "expected " + expected + " at " + at + " of " + header);
    at++;
  }

  @SuppressWarnings("unchecked") // an object has only strings as keys
  private static Map<String, Object> object(Object value) {
    require(value instanceof Map, "an object, not " + value);
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // a list has only integers, see list()
  private static List<Long> integers(Object value) {
    require(value instanceof List, "a list, not " + value);
    return (List<Long>) value;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) throw new IllegalStateException(rule);
  }
}
