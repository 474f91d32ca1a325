package dev.anyrate.model.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Parses the JSON header of a safetensors file token by token, so that each complaint can name its byte.
final class HeaderParser {
  private static final JsonFactory JSON = JsonFactory.builder() //
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) //
      .disable(JsonFactory.Feature.CHARSET_DETECTION) // the format is UTF-8 and nothing else
      .build();

  private final byte[] json;
  private JsonParser tokens;

  /// @param json the header's bytes, without the length in front of them
  HeaderParser(byte[] json) {
    this.json = json;
  }

  SafeTensorsHeader parse() {
    if (json.length == 0 || json[0] != '{') {
      throw new CheckpointFormatException(Long.BYTES, "the header does not begin with '{'; this is not a safetensors file");
    }
    try (var parser = JSON.createParser(json)) {
      tokens = parser;
      return parseOrRefuse();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array in memory has no failures but those of its text
    }
  }

  private SafeTensorsHeader parseOrRefuse() throws IOException {
    try {
      return header();
    } catch (JsonProcessingException e) {
      throw new CheckpointFormatException(Long.BYTES + tokens.currentLocation().getByteOffset(), "the header is not valid JSON: "
          + e.getOriginalMessage() + "; the file is damaged, use a whole copy");
    }
  }

  private SafeTensorsHeader header() throws IOException {
    Map<String, String> metadata = Map.of();
    List<SafeTensorsHeader.Entry> entries = new ArrayList<>();
    expect(JsonToken.START_OBJECT, "an object");
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      if (tokens.currentName().equals(SafeTensors.METADATA)) {
        metadata = metadata();
      } else {
        entries.add(entry());
      }
    }
    if (tokens.nextToken() != null) throw damaged("something follows the header's object");
    return new SafeTensorsHeader(metadata, entries);
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> strings = new TreeMap<>();
    expect(JsonToken.START_OBJECT, "an object of strings as " + SafeTensors.METADATA);
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      String key = tokens.currentName();
      expect(JsonToken.VALUE_STRING, "a string as value of '" + key + "'");
      strings.put(key, tokens.getText());
    }
    return strings;
  }

  private SafeTensorsHeader.Entry entry() throws IOException {
    String name = tokens.currentName();
    long declared = offset();
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    expect(JsonToken.START_OBJECT, "an object for tensor '" + name + "'");
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      switch (tokens.currentName()) {
        case "dtype" -> type = type(name);
        case "shape" -> shape = integers(name);
        case "data_offsets" -> offsets = integers(name);
        default -> throw damaged("tensor '" + name + "' has an unknown key '" + tokens.currentName() + "'");
      }
    }
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw damaged("tensor '" + name + "' needs dtype, shape and two data_offsets");
    }
    return new SafeTensorsHeader.Entry(declared, name, type, shape(name, shape), offsets[0], offsets[1]);
  }

  private ElementType type(String name) throws IOException {
    expect(JsonToken.VALUE_STRING, "a string as dtype of tensor '" + name + "'");
    String type = tokens.getText();
    for (ElementType known : ElementType.values()) {
      if (known.name().equals(type)) return known;
    }
    throw new CheckpointFormatException(offset(), "tensor '" + name + "' has type '" + type + "'; only "
        + Arrays.toString(ElementType.values()) + " are read, convert it");
  }

  private long[] integers(String name) throws IOException {
    expect(JsonToken.START_ARRAY, "a list of integers for tensor '" + name + "'");
    List<Long> integers = new ArrayList<>();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      boolean valid = tokens.currentToken() == JsonToken.VALUE_NUMBER_INT
          && tokens.getNumberType() != JsonParser.NumberType.BIG_INTEGER && tokens.getLongValue() >= 0;
      if (!valid) throw damaged("'" + tokens.getText() + "' of tensor '" + name + "' is no integer from 0 to 2^63 - 1");
      integers.add(tokens.getLongValue());
    }
    return integers.stream().mapToLong(Long::longValue).toArray();
  }

  private Shape shape(String name, long[] dims) {
    if (dims.length == 0) return Shape.of(1);
    try {
      return Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
    } catch (ArithmeticException | ShapeMismatch _) {
      throw damaged("tensor '" + name + "' has the impossible shape " + Arrays.toString(dims));
    }
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (tokens.nextToken() != token) throw damaged("expected " + what);
  }

  private CheckpointFormatException damaged(String problem) {
    return new CheckpointFormatException(offset(), problem + "; the file is damaged or foreign, use a whole copy");
  }

  private long offset() {
    return Long.BYTES + tokens.currentTokenLocation().getByteOffset();
  }
}
