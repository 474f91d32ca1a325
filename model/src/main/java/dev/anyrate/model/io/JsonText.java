package dev.anyrate.model.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Configuration records as one line of JSON, for the metadata of a checkpoint. Keys are sorted, so equal records give equal bytes.
public final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private JsonText() {}

  /// @return one line
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("json: " + value.getClass() + " cannot be written", impossible);
    }
  }

  /// @param what the text is, for the message
  /// @throws CheckpointFormatException if the text is not JSON of that type, or has a name that the type has not
  public static <T> T read(String text, Class<T> type, String what) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new CheckpointFormatException(
            "the " + what + " in the metadata is empty; this is a checkpoint of another version or program");
      }
      requireNames(MAPPER.readTree(text), MAPPER.valueToTree(value), what);
      return value;
    } catch (JsonProcessingException e) {
      throw new CheckpointFormatException("the " + what + " in the metadata cannot be read: " + e.getOriginalMessage()
          + "; this is a checkpoint of another version or program");
    }
  }

  /// Jackson itself passes over unknown names where a record is unwrapped.
  private static void requireNames(JsonNode given, JsonNode known, String what) {
    given.fieldNames().forEachRemaining(name -> {
      if (known.has(name)) return;
      throw new CheckpointFormatException("the " + what + " in the metadata has '" + name
          + "', which this version does not know; this is a checkpoint of another version or program");
    });
  }
}
