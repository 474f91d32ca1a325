package dev.anyrate.augment.resample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A `.safetensors` file, read strictly: every byte of the data belongs to exactly one tensor.
///
/// @param metadata text by name
/// @param tensors  by name
/// @see <a href="https://huggingface.co/docs/safetensors">file format</a>
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final Pattern STRING = Pattern.compile("\\G\\s*\"([^\"\\\\]*)\"");
  private static final Pattern NUMBER = Pattern.compile("\\G\\s*(\\d+)");

  /// Values of one tensor, row-major.
  record Tensor(int[] shape, double[] values) {}

  static Safetensors read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong(0));
    String header = new String(bytes.array(), 8, headerLength, StandardCharsets.UTF_8);
    ByteBuffer data = bytes.slice(8 + headerLength, bytes.capacity() - 8 - headerLength).order(ByteOrder.LITTLE_ENDIAN);
    return new Header(header, data).parse();
  }

  /// The header's JSON, as far as this format uses it: texts without escapes, whole numbers, arrays of them.
  private static final class Header {
    private final String json;
    private final ByteBuffer data;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<Integer, Integer> owners = new TreeMap<>(); // first byte of each tensor to the byte after its last
    private int at;

    Header(String json, ByteBuffer data) {
      this.json = json;
      this.data = data;
    }

    Safetensors parse() {
      object(name -> {
        if (name.equals("__metadata__")) object(key -> metadata.put(key, text()));
        else
          tensors.put(name, tensor());
      });
      if (!json.substring(at).isBlank()) throw wrong("text after the header");
      checkThatEveryByteHasOneOwner();
      return new Safetensors(metadata, tensors);
    }

    private void object(Consumer<String> member) {
      expect('{');
      do {
        String name = text();
        expect(':');
        member.accept(name);
      } while (accept(','));
      expect('}');
    }

    private Tensor tensor() {
      var fields = new LinkedHashMap<String, Object>();
      object(field -> fields.put(field, field.equals("dtype") ? text() : numbers()));
      int[] shape = (int[]) fields.get("shape");
      int[] offsets = (int[]) fields.get("data_offsets");
      String type = (String) fields.get("dtype");
      int width = switch (type) {
        case "F32" -> 4;
        case "F64", "I64" -> 8;
        default -> throw wrong("unknown type " + type);
      };
      int size = 1;
      for (int dim : shape) size = Math.multiplyExact(size, dim);
      if (offsets[1] - offsets[0] != width * size || owners.put(offsets[0], offsets[1]) != null)
        throw wrong("wrong data_offsets");
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        int place = offsets[0] + i * width;
        values[i] = switch (type) {
          case "F32" -> data.getFloat(place);
          case "F64" -> data.getDouble(place);
          default -> data.getLong(place);
        };
      }
      return new Tensor(shape, values);
    }

    private void checkThatEveryByteHasOneOwner() {
      int end = 0;
      for (Map.Entry<Integer, Integer> owner : owners.entrySet()) {
        if (owner.getKey() != end) throw wrong("data from byte " + end + " belongs to no tensor, or to two");
        end = owner.getValue();
      }
      if (end != data.capacity()) throw wrong("data from byte " + end + " belongs to no tensor");
    }

    private int[] numbers() {
      var values = IntStream.builder();
      expect('[');
      if (accept(']')) return new int[0];
      do {
        values.add(Integer.parseInt(match(NUMBER)));
      } while (accept(','));
      expect(']');
      return values.build().toArray();
    }

    private String text() {
      return match(STRING);
    }

    private String match(Pattern pattern) {
      Matcher matcher = pattern.matcher(json);
      if (!matcher.find(at)) throw wrong("no match for " + pattern);
      at = matcher.end();
      return matcher.group(1);
    }

    private boolean accept(char expected) {
      while (at < json.length() && Character.isWhitespace(json.charAt(at))) at++;
      boolean there = at < json.length() && json.charAt(at) == expected;
      if (there) at++;
      return there;
    }

    private void expect(char expected) {
      if (!accept(expected)) throw wrong("no " + expected);
    }

    private AssertionError wrong(String what) {
      return new AssertionError("safetensors header at " + at + ": " + what);
    }
  }
}
