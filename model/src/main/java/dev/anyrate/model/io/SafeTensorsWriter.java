package dev.anyrate.model.io;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/// Writes the bytes of a safetensors file.
final class SafeTensorsWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private SafeTensorsWriter() {}

  static void write(SafeTensors content, OutputStream out) throws IOException {
    List<Map.Entry<String, StoredTensor>> tensors = content.tensors().entrySet().stream()
        .sorted(comparing(tensor -> ElementType.of(tensor.getValue()))).toList();
    byte[] header = header(content.metadata(), tensors);
    out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    out.write(header);
    for (var tensor : tensors) out.write(ElementType.encode(tensor.getValue()));
  }

  private static byte[] header(Map<String, String> metadata, List<Map.Entry<String, StoredTensor>> tensors) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafeTensors.METADATA);
        for (var entry : metadata.entrySet()) json.writeStringField(entry.getKey(), entry.getValue());
        json.writeEndObject();
      }
      long begin = 0;
      for (var tensor : tensors) {
        ElementType type = ElementType.of(tensor.getValue());
        int[] dims = tensor.getValue().shape().dims();
        long end = begin + (long) tensor.getValue().shape().size() * type.bytes();
        json.writeObjectFieldStart(tensor.getKey());
        json.writeStringField("dtype", type.name());
        json.writeFieldName("shape");
        json.writeArray(dims, 0, dims.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, end}, 0, 2);
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) bytes.write(' ');
    return bytes.toByteArray();
  }
}
