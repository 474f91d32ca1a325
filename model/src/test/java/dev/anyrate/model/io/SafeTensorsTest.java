package dev.anyrate.model.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  /// `safetensors.numpy.save` of Python (safetensors 0.8.0) for the content of [#content()].
  private static final byte[] PYTHON = Base64.getMimeDecoder().decode("""
      IAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJ0ZXN0IMOpIn0sImxhYmVscyI6eyJkdHlwZSI6Ikk2NCIsInNoYXBl
      IjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiYS52YWx1ZSI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMV0sImRhdGFfb2Zm
      c2V0cyI6WzE2LDI0XX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRhX29mZnNldHMiOlsyNCwyNF19
      LCJlbmNvZGVyLndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwzXSwiZGF0YV9vZmZzZXRzIjpbMjQsNDhdfX0HAAAA
      AAAAAP//////////mpmZmZmZuT8AAMA/AAAAwAAAgD4AAEBAAACAQAAAoEA=""");

  @TempDir
  private Path folder;

  private static SafeTensors content() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("encoder.weight", new StoredTensor.Float32(Shape.of(2, 3), new float[] {1.5f, -2, 0.25f, 3, 4, 5}));
    tensors.put("labels", new StoredTensor.Int64(Shape.of(2), new long[] {7, -1}));
    tensors.put("a.value", new StoredTensor.Float64(Shape.of(1), new double[] {0.1}));
    tensors.put("empty", new StoredTensor.Float32(Shape.of(0, 3), new float[0]));
    return new SafeTensors(Map.of("format", "test é"), tensors);
  }

  private byte[] written(SafeTensors content) throws IOException {
    Path file = folder.resolve("written.safetensors");
    content.write(file);
    return Files.readAllBytes(file);
  }

  private SafeTensors read(byte[] bytes) throws IOException {
    return SafeTensors.read(Files.write(folder.resolve("read.safetensors"), bytes));
  }

  @Test
  void theBytesAreThoseOfThePythonLibrary() throws IOException {
    assertArrayEquals(PYTHON, written(content()));
  }

  @Test
  void readsWhatThePythonLibraryWrites() throws IOException {
    SafeTensors read = read(PYTHON);
    assertEquals(Map.of("format", "test é"), read.metadata());
    assertEquals(List.of("a.value", "empty", "encoder.weight", "labels"), List.copyOf(read.tensors().keySet()));
    assertArrayEquals(new float[] {1.5f, -2, 0.25f, 3, 4, 5}, read.floats("encoder.weight", Shape.of(2, 3)));
    assertArrayEquals(new float[0], read.floats("empty", Shape.of(0, 3)));
    assertArrayEquals(new long[] {7, -1}, ((StoredTensor.Int64) read.tensors().get("labels")).values());
    assertArrayEquals(new double[] {0.1}, ((StoredTensor.Float64) read.tensors().get("a.value")).values());
  }

  @Test
  void aReaderWrittenFromTheSpecificationAgrees() throws IOException {
    Map<String, String> metadata = Map.of("quote \" backslash \\ newline \n control \u0001", "snowman ☃ and 𝄞", "", "");
    float[] values = {0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 0.1f};
    var content = new SafeTensors(metadata, Map.of("a \"b\"", new StoredTensor.Float32(Shape.of(3, 1, 2), values)));
    SpecificationReader.Content read = SpecificationReader.read(written(content));
    assertEquals(metadata, read.metadata());
    assertEquals(List.of(3L, 1L, 2L), read.tensors().get("a \"b\"").shape());
    assertArrayEquals(values, read.tensors().get("a \"b\"").floats());
    assertEquals(metadata, read(written(content)).metadata());
    assertArrayEquals(values, read(written(content)).floats("a \"b\"", Shape.of(3, 1, 2)));
  }

  @Test
  void theBytesDoNotDependOnTheOrderOfInsertion() throws IOException {
    Map<String, StoredTensor> reversed = new LinkedHashMap<>();
    List.copyOf(content().tensors().keySet()).reversed().forEach(name -> reversed.put(name, content().tensors().get(name)));
    assertArrayEquals(written(content()), written(new SafeTensors(content().metadata(), reversed)));
  }

  @Test
  void theNumbersBeginAtAMultipleOfEight() throws IOException {
    for (int length = 0; length < 9; length++) {
      byte[] bytes = written(new SafeTensors(Map.of("a", "x".repeat(length)), Map.of()));
      assertEquals(0, bytes.length % 8, "metadata of " + length);
      assertEquals(bytes.length - 8, bytes[0]);
    }
  }

  @Test
  void aScalarOfTheFormatHasOneElement() throws IOException {
    byte[] header = "{\"loss\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}".getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[8 + header.length + 4];
    file[0] = (byte) header.length;
    System.arraycopy(header, 0, file, 8, header.length);
    assertArrayEquals(new float[] {0}, read(file).floats("loss", Shape.of(1)));
  }

  @Test
  void aTensorOfAnotherModelIsNamed() {
    var missing = assertThrows(CheckpointFormatException.class, () -> content().floats("head.weight", Shape.of(1)));
    assertEquals("tensor 'head.weight' is missing; this is a checkpoint of another model", missing.getMessage());
    var other = assertThrows(CheckpointFormatException.class, () -> content().floats("encoder.weight", Shape.of(3, 2)));
    assertEquals("tensor 'encoder.weight' is F32 [2, 3], expected F32 [3, 2]; this is a checkpoint of another model",
        other.getMessage());
    var type = assertThrows(CheckpointFormatException.class, () -> content().floats("labels", Shape.of(2)));
    assertTrue(type.getMessage().contains("is I64 [2], expected F32 [2]"), type.getMessage());
  }

  @Test
  void impossibleContentIsRefused() {
    var tensor = new StoredTensor.Float32(Shape.of(1), new float[1]);
    assertThrows(IllegalArgumentException.class, () -> new SafeTensors(Map.of(), Map.of("__metadata__", tensor)));
    assertThrows(IllegalArgumentException.class, () -> new StoredTensor.Float32(Shape.of(2, 2), new float[3]));
  }
}
