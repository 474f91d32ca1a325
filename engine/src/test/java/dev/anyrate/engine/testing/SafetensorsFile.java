package dev.anyrate.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A file of named tensors, read strictly by the format's specification (<https://github.com/huggingface/safetensors#format>): eight bytes of header
/// length, little endian; a JSON header; the tensors' bytes, without holes or overlap.
///
/// @param metadata what the header's `__metadata__` says
/// @param tensors  by name, in the order of the header
public record SafetensorsFile(Map<String, String> metadata, Map<String, Entry> tensors) {
  private static final long LONGEST_HEADER = 100_000_000; // of the specification
  private static final Map<String, Integer> BYTES = Map.of("F32", 4, "F64", 8, "I64", 8);

  /// One tensor.
  ///
  /// @param type  of its elements: `F32`, `F64` or `I64`
  /// @param shape outermost dimension first
  /// @param bytes of its elements, row-major, little endian
  public record Entry(String type, List<Integer> shape, ByteBuffer bytes) {
    /// The elements of an `F32` or `I64` tensor as single precision.
    public float[] floats() {
      float[] values = new float[bytes.capacity() / BYTES.get(type)];
      for (int i = 0; i < values.length; i++) {
        values[i] = switch (type) {
          case "F32" -> bytes.getFloat(i * 4);
          case "I64" -> bytes.getLong(i * 8);
          default -> throw new IllegalStateException("a tensor of " + type + " read as F32");
        };
      }
      return values;
    }

    /// The elements of an `F64` tensor.
    public double[] doubles() {
      if (!type.equals("F64")) throw new IllegalStateException("a tensor of " + type + " read as F64");
      double[] values = new double[bytes.capacity() / 8];
      for (int i = 0; i < values.length; i++) values[i] = bytes.getDouble(i * 8);
      return values;
    }
  }

  /// @throws IllegalArgumentException if the file breaks a rule of the format
  public static SafetensorsFile read(Path path) {
    try {
      return parse(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  /// @param content of a whole file
  /// @throws IllegalArgumentException if it breaks a rule of the format
  public static SafetensorsFile parse(byte[] content) {
    var file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    require(content.length >= 8, "file of " + content.length + " bytes has no room for the length of its header");
    long headerLength = file.getLong(0);
    require(headerLength >= 2 && headerLength <= Math.min(LONGEST_HEADER, content.length - 8L),
        "header length " + headerLength + " does not fit a file of " + content.length + " bytes");
    String header = utf8(file.slice(8, (int) headerLength));
    require(header.startsWith("{"), "header does not begin with {");
    int start = 8 + (int) headerLength;
    var data = file.slice(start, content.length - start);

    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> tensors = new LinkedHashMap<>();
    List<long[]> ranges = new ArrayList<>();
    object(HeaderJson.parse(header), "header").forEach((name, value) -> {
      Map<?, ?> members = object(value, name.toString());
      if (name.equals("__metadata__")) {
        members.forEach((key, text) -> {
          require(text instanceof String, "metadata '" + key + "' is not a string");
          metadata.put((String) key, (String) text);
        });
      } else {
        tensors.put((String) name, entry((String) name, members, data, ranges));
      }
    });
    requireNoHoles(ranges, data.capacity());
    return new SafetensorsFile(metadata, tensors);
  }

  private static Entry entry(String name, Map<?, ?> members, ByteBuffer data, List<long[]> ranges) {
    require(members.keySet().equals(Set.of("dtype", "shape", "data_offsets")), name + ": has the keys " + members.keySet());
    require(members.get("dtype") instanceof String type && BYTES.containsKey(type),
        name + ": unknown type " + members.get("dtype"));
    String type = (String) members.get("dtype");
    List<Long> shape = numbers(members.get("shape"), name + ": shape");
    List<Long> offsets = numbers(members.get("data_offsets"), name + ": data_offsets");
    require(offsets.size() == 2 && offsets.get(0) <= offsets.get(1) && offsets.get(1) <= data.capacity(),
        name + ": data_offsets " + offsets + " in " + data.capacity() + " bytes of data");
    long bytes = BYTES.get(type);
    for (long dim : shape) bytes = Math.multiplyExact(bytes, dim);
    require(bytes == offsets.get(1) - offsets.get(0), name + ": shape " + shape + " of " + type + " does not fill " + offsets);
    ranges.add(new long[] {offsets.get(0), offsets.get(1)});
    var slice = data.slice(Math.toIntExact(offsets.get(0)), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new Entry(type, shape.stream().map(Math::toIntExact).toList(), slice);
  }

  private static void requireNoHoles(List<long[]> ranges, long size) {
    ranges.sort(Comparator.<long[]>comparingLong(range -> range[0]).thenComparingLong(range -> range[1]));
    long end = 0;
    for (long[] range : ranges) {
      require(range[0] == end, "data from byte " + range[0] + " on, but the tensor before it ends at " + end);
      end = range[1];
    }
    require(end == size, "data has " + size + " bytes, the tensors end at " + end);
  }

  private static Map<?, ?> object(Object value, String what) {
    require(value instanceof Map, what + ": not an object");
    return (Map<?, ?>) value;
  }

  private static List<Long> numbers(Object value, String what) {
    List<Long> numbers = new ArrayList<>();
    require(value instanceof List, what + " is not a list");
    for (Object element : (List<?>) value) {
      require(element instanceof Long, what + " holds " + element);
      numbers.add((Long) element);
    }
    return numbers;
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("header is not UTF-8", e);
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) throw new IllegalArgumentException(fault);
  }
}
