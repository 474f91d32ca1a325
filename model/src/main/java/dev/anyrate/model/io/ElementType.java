package dev.anyrate.model.io;

import dev.anyrate.engine.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How numbers become bytes, little-endian. The constants carry the names that the format gives them, in the order in which its
/// own library writes them: wide ones first, so that every number lies at a multiple of its size.
enum ElementType {
  I64(Long.BYTES), F64(Double.BYTES), F32(Float.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /// Bytes of one element.
  int bytes() {
    return bytes;
  }

  static ElementType of(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.Float32 _ -> F32;
      case StoredTensor.Float64 _ -> F64;
      case StoredTensor.Int64 _ -> I64;
    };
  }

  static byte[] encode(StoredTensor tensor) {
    byte[] encoded = new byte[Math.multiplyExact(tensor.shape().size(), of(tensor).bytes)];
    ByteBuffer buffer = littleEndian(encoded);
    switch (tensor) {
      case StoredTensor.Float32(_, float[] values) -> buffer.asFloatBuffer().put(values);
      case StoredTensor.Float64(_, double[] values) -> buffer.asDoubleBuffer().put(values);
      case StoredTensor.Int64(_, long[] values) -> buffer.asLongBuffer().put(values);
    }
    return encoded;
  }

  /// @param encoded exactly the elements of the shape
  StoredTensor decode(Shape shape, byte[] encoded) {
    ByteBuffer buffer = littleEndian(encoded);
    return switch (this) {
      case F32 -> {
        float[] values = new float[shape.size()];
        buffer.asFloatBuffer().get(values);
        yield new StoredTensor.Float32(shape, values);
      }
      case F64 -> {
        double[] values = new double[shape.size()];
        buffer.asDoubleBuffer().get(values);
        yield new StoredTensor.Float64(shape, values);
      }
      case I64 -> {
        long[] values = new long[shape.size()];
        buffer.asLongBuffer().get(values);
        yield new StoredTensor.Int64(shape, values);
      }
    };
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
