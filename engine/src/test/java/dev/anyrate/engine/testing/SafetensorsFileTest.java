package dev.anyrate.engine.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reader that judges checkpoints refuses what the format forbids.
class SafetensorsFileTest {
  private static final String TWO = """
      {"__metadata__": {"op": "a \\"b\\" \\u00e9"},
       "x": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}, "n": {"dtype": "I64", "shape": [], "data_offsets": [8, 16]}}""";

  @Test
  void readsTensorsAndMetadata() {
    byte[] data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2).putLong(7).array();
    SafetensorsFile file = SafetensorsFile.parse(file(TWO, data));
    assertEquals(Map.of("op", "a \"b\" é"), file.metadata());
    assertEquals(List.of(2, 1), file.tensors().get("x").shape());
    assertArrayEquals(new float[] {1.5f, -2}, file.tensors().get("x").floats());
    assertArrayEquals(new float[] {7}, file.tensors().get("n").floats());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "[]                                                                        | does not begin with {",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]},}  | expected '\"'",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}} 1 | expected the end",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 8]}}   | does not fill",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}   | data from byte 4 on",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}   | data has 8 bytes",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 16]}}  | in 8 bytes of data",
      "{\"x\": {\"dtype\": \"F23\", \"shape\": [2], \"data_offsets\": [0, 8]}}   | unknown type F23",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [02], \"data_offsets\": [0, 8]}}  | expected a whole number",
      "{\"x\": {\"dtype\": \"F32\", \"shape\": [2]}}                             | has the keys",
      "{\"__metadata__\": {\"a\": 1}}                                            | metadata 'a' is not a string",
      "{\"__metadata__\": {\"a\": \"\", \"a\": \"\"}}                            | each key once",
  })
  void refusesWhatTheFormatForbids(String header, String fault) {
    String message = assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.parse(file(header, new byte[8])))
        .getMessage();
    assertTrue(message.contains(fault), message);
  }

  @Test
  void refusesAFileThatWasCutShort() {
    byte[] whole = file(TWO, new byte[16]);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.parse(cut));
    }
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json)
        .put(data)
        .array();
  }
}
