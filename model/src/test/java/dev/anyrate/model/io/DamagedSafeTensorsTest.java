package dev.anyrate.model.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not a safetensors file from the first byte to the last is refused in one line with the byte at which it shows.
class DamagedSafeTensorsTest {
  /// @param name    of the damage
  /// @param header  JSON, with `'` for `"`
  /// @param data    bytes behind it
  /// @param message part of what must be said
  private record Damage(String name, String header, int data, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

  @TempDir
  private Path folder;

  static List<Damage> damages() {
    return List.of( //
        new Damage("no object", "[]", 0, "byte 8: the header does not begin with '{'"),
        new Damage("padding in front", " {" + A + "}", 8, "byte 8: the header does not begin with '{'"),
        new Damage("no JSON", "{" + A, 8, "the header is not valid JSON"),
        new Damage("other text", "{\0\1\2", 8, "byte 10: the header is not valid JSON"),
        new Damage("comma at the end", "{" + A + ",}", 8, "the header is not valid JSON"),
        new Damage("name twice", "{" + A + "," + A + "}", 8, "Duplicate"),
        new Damage("something behind", "{" + A + "} x", 8, "the header is not valid JSON"),
        new Damage("second object", "{" + A + "}{}", 8, "something follows the header's object"),
        new Damage("endless number", "{'a':{'dtype':'F32','shape':[" + "9".repeat(2000) + "]}}", 8,
            "the header is not valid JSON"),
        new Damage("tensor no object", "{'a':1}", 8, "expected an object for tensor 'a'"),
        new Damage("metadata no object", "{'__metadata__':[]," + A + "}", 8, "expected an object of strings"),
        new Damage("metadata no string", "{'__metadata__':{'k':1}," + A + "}", 8, "expected a string as value of 'k'"),
        new Damage("unknown type", "{'a':{'dtype':'BF16','shape':[2],'data_offsets':[0,4]}}", 4,
            "byte 22: tensor 'a' has type 'BF16'"),
        new Damage("type no string", "{'a':{'dtype':4,'shape':[2],'data_offsets':[0,8]}}", 8, "expected a string as dtype"),
        new Damage("no type", "{'a':{'shape':[2],'data_offsets':[0,8]}}", 8, "needs dtype, shape and two data_offsets"),
        new Damage("no shape", "{'a':{'dtype':'F32','data_offsets':[0,8]}}", 8, "needs dtype, shape and two data_offsets"),
        new Damage("no offsets", "{'a':{'dtype':'F32','shape':[2]}}", 8, "needs dtype, shape and two data_offsets"),
        new Damage("three offsets", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}", 8, "needs dtype, shape and two"),
        new Damage("unknown key", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}", 8, "unknown key 'x'"),
        new Damage("shape no list", "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}", 8, "expected a list of integers"),
        new Damage("fraction", "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}", 8,
            "'2.0' of tensor 'a' is no integer"),
        new Damage("negative", "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}", 8, "'-2' of tensor 'a' is no integer"),
        new Damage("list in list", "{'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}}", 8, "is no integer"),
        new Damage("over 64 bit", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9223372036854775808]}}", 8, "is no integer"),
        new Damage("huge shape", "{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}}", 8, "impossible shape"),
        new Damage("huge dimension", "{'a':{'dtype':'F32','shape':[4294967298],'data_offsets':[0,8]}}", 8, "impossible shape"),
        new Damage("too few bytes", "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}", 8,
            "byte 9: tensor 'a' of type F32 and shape [3] needs 12"),
        new Damage("end before begin", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}", 8,
            "needs 8 bytes, but is said to lie at 8 to 0"),
        new Damage("over 2 GiB", "{'a':{'dtype':'F32','shape':[1000000000],'data_offsets':[0,4000000000]}}", 8,
            "2 GiB is the most"),
        new Damage("gap", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}", 12,
            "begins at 4 of the data, but those before it end at 0"),
        new Damage("overlap", "{" + A + ",'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}", 12,
            "but those before it end at 8"),
        new Damage("cut short", "{" + A + "}", 7, "byte 69: the file ends within tensor 'a', which ends at byte 70"),
        new Damage("trailing bytes", "{" + A + "}", 9, "byte 70: 1 bytes behind the last tensor"),
        new Damage("a name that breaks lines", "{'a\\nb':1}", 8, "tensor 'a?b'"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void isRefusedWithItsByte(Damage damage) throws IOException {
    byte[] header = damage.header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + damage.data).order(ByteOrder.LITTLE_ENDIAN);
    assertRefused(file.putLong(header.length).put(header).array(), damage.message);
  }

  @Test
  void isRefusedByItsFirstEightBytes() throws IOException {
    assertRefused(new byte[0], "byte 0: the file ends within the length of its header");
    assertRefused(new byte[7], "byte 7: the file ends within the length of its header");
    assertRefused(new byte[8], "byte 8: the header does not begin with '{'");
    assertRefused("# a text, no tensors".getBytes(StandardCharsets.UTF_8), "byte 0: a header of ");
    assertRefused(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, "byte 0: a header of 18446744073709551615 bytes");
    assertRefused(new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{', '}'}, "byte 10: the file ends within its header of 100 bytes");
  }

  @Test
  void whatIsNoFileIsSaid() {
    Path missing = folder.resolve("none.safetensors");
    assertEquals(missing + ": no such file; check the path",
        assertThrows(CheckpointFormatException.class, () -> SafeTensors.read(missing)).getMessage());
    assertEquals(folder + ": not a file; check the path",
        assertThrows(CheckpointFormatException.class, () -> SafeTensors.read(folder)).getMessage());
  }

  /// Every cut and thousands of flipped, added and removed bytes: the file is read, or refused by the one exception.
  @Test
  void noDamageCausesAnotherException() throws IOException {
    Path file = folder.resolve("whole.safetensors");
    new SafeTensors(Map.of("format", "1"), Map.of("w", new StoredTensor.Float32(Shape.of(2, 3), new float[6]), "n",
        new StoredTensor.Int64(Shape.of(2), new long[2]))).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) assertRefused(Arrays.copyOf(whole, length), "byte ");

    var random = new SplittableRandom(1);
    int refused = 0;
    for (int trial = 0; trial < 4000; trial++) {
      byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(2 * whole.length)) : whole.clone();
      for (int i = random.nextInt(1, 4); i > 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        SafeTensors.read(Files.write(file, damaged));
      } catch (CheckpointFormatException refusal) {
        assertOneLine(refusal.getMessage(), file);
        refused++;
      }
    }
    assertTrue(refused > 1000 && refused < 4000, refused + " refused"); // numbers may be flipped unseen, the rest may not
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("damaged.safetensors"), bytes);
    var refusal = assertThrows(CheckpointFormatException.class, () -> SafeTensors.read(file));
    assertOneLine(refusal.getMessage(), file);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static void assertOneLine(String message, Path file) {
    assertTrue(message.startsWith(file + ": byte "), message);
    assertTrue(message.lines().count() == 1, message);
  }
}
