package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzReaderTest {
  private static final float NAN = Float.NaN;
  @TempDir
  private Path folder;

  @Test
  void readsBothPartsWithChannelsLast() throws IOException {
    Path file = write(
        Map.of("X_train", doubles("(2, 3, 2)", 1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60), "y_train", longs(7, -1), "X_test",
            doubles("(1, 2, 2)", 0, 0, 1, 1), "y_test", longs(7)));
    TimeSeriesSet train = SeriesFiles.read(file);
    assertEquals(List.of(TimeSeries.of("7", new float[] {1, 2, 3}, new float[] {10, 20, 30}),
        TimeSeries.of("-1", new float[] {4, 5, 6}, new float[] {40, 50, 60})), train.series());
    assertEquals(List.of("-1", "7"), train.classNames());
    assertEquals(1, SeriesFiles.read(file, Split.TEST).size());
  }

  @Test
  void readsOneChannelWithoutItsAxisAndWithoutLabels() throws IOException {
    TimeSeriesSet set = SeriesFiles.read(write(Map.of("X_train", floats("(1, 3)", 1.5f, 2, 3))));
    assertArrayEquals(new float[] {1.5f, 2, 3}, set.get(0).channel(0));
    assertFalse(set.isLabelled());
  }

  @Test
  void readsSamplingRatesOneForAllOrOneForEach() throws IOException {
    byte[] values = floats("(2, 2)", 1, 2, 3, 4);
    assertArrayEquals(new double[] {50, 200},
        SeriesFiles.read(write(Map.of("X_train", values, "rate_hz_train", doubles("(2,)", 50, 200)))).ratesHz());
    assertArrayEquals(new double[] {50, 50},
        SeriesFiles.read(write(Map.of("X_train", values, "rate_hz_train", doubles("()", 50)))).ratesHz());
    assertFalse(SeriesFiles.read(write(Map.of("X_train", values, "rate_hz_test", doubles("()", 50)))).hasRates());
    assertComplaint(Map.of("X_train", values, "rate_hz_train", doubles("(2,)", 50, -1)), "series 2", "rate_hz is '-1.0'");
    assertComplaint(Map.of("X_train", values, "rate_hz_train", doubles("(3,)", 1, 2, 3)), "one for each of the 2 series");
  }

  @Test
  void shortensRowsThatArePaddedWithNan() throws IOException {
    TimeSeriesSet set = SeriesFiles.read(write(Map.of("X_train", floats("(2, 3)", 1, 2, NAN, 4, 5, 6))));
    assertEquals(2, set.get(0).length());
    assertEquals(0, set.missingValues());
  }

  @Test
  void readsLabelsOfAnyKind() throws IOException {
    assertArrayEquals(new String[] {"ab", "é"},
        labels(npy("<U2", "(2,)", 16, data -> data.putInt('a').putInt('b').putInt('é').putInt(0))));
    assertArrayEquals(new String[] {"ab", "c"},
        labels(npy("|S2", "(2,)", 4, data -> data.put("abc\0".getBytes(StandardCharsets.US_ASCII)))));
    assertArrayEquals(new String[] {"1", "0.5"}, labels(npy("<f4", "(2,)", 8, data -> data.putFloat(1).putFloat(0.5f))));
    assertArrayEquals(new String[] {"1", null}, labels(npy("<f8", "(2,)", 16, data -> data.putDouble(1).putDouble(Double.NaN))));
    assertArrayEquals(new String[] {"1", "-2"}, labels(npy("<i4", "(2,)", 8, data -> data.putInt(1).putInt(-2))));
    assertArrayEquals(new String[] {"255", "3"}, labels(npy("|u1", "(2,)", 2, data -> data.put((byte) 255).put((byte) 3))));
    assertArrayEquals(new String[] {"1", "0"}, labels(npy("|b1", "(2,)", 2, data -> data.put((byte) 1).put((byte) 0))));
  }

  @Test
  void readsVersionTwoOfTheArrayFormat() throws IOException {
    byte[] one = floats("(1, 2)", 1, 2);
    byte[] two = ByteBuffer.allocate(one.length + 2).order(ByteOrder.LITTLE_ENDIAN).put(one, 0, 6).put((byte) 2).put((byte) 0)
        .putInt(one[8] + (one[9] << 8)).put(one, 10, one.length - 10).array();
    assertArrayEquals(new float[] {1, 2}, SeriesFiles.read(write(Map.of("X_train", two))).get(0).channel(0));
  }

  @Test
  void complainsOfContents() throws IOException {
    assertComplaint(Map.of("X_test", floats("(1, 2)", 1, 2)), "no array X_train", "X_test.npy");
    assertComplaint(Map.of("X_train", floats("(2,)", 1, 2)), "1 dimension;");
    assertComplaint(Map.of("X_train", floats("(2, 2)", 1, 2, 3, 4), "y_train", longs(1)), "1 label for 2 series");
    assertComplaint(Map.of("X_train", floats("(2, 2)", 1, 2, 3, Float.POSITIVE_INFINITY)),
        "series 2: value 2 of channel 1 is infinite");
    assertComplaint(Map.of("X_train", floats("(1, 1)", 1)), "series 1", "one point");
    assertComplaint(Map.of("X_train", floats("(1, 1, 3)", 1, 2, 3)),
        "3 channels; the axes are [N, L, C], so exchange the last two");
    assertComplaint(Map.of("X_train", floats("(0, 2)")), "no series");
    assertComplaint(Map.of("X_train", npy("<U1", "(1, 2)", 8, data -> data.putInt('a').putInt('b'))), "need numbers");
  }

  @Test
  void complainsOfArraysItDoesNotRead() throws IOException {
    assertComplaint(Map.of("X_train", npy("|O", "(1, 2)", 8, _ -> {})), "X_train", "objects");
    assertComplaint(Map.of("X_train", npy("<c8", "(1, 2)", 16, _ -> {})), "X_train", "'c8'");
  }

  @Test
  void readsArraysOfBigEndianNumbers() throws IOException {
    byte[] values = npy(">f8", "(2, 2)", 32,
        data -> data.order(ByteOrder.BIG_ENDIAN).putDouble(1).putDouble(2.5).putDouble(-3).putDouble(4e-30));
    byte[] labels = npy(">U1", "(2,)", 8, data -> data.order(ByteOrder.BIG_ENDIAN).putInt('a').putInt('b'));
    assertEquals(List.of(TimeSeries.of("a", new float[] {1, 2.5f}), TimeSeries.of("b", new float[] {-3, 4e-30f})),
        SeriesFiles.read(write(Map.of("X_train", values, "y_train", labels))).series());
    assertArrayEquals(new String[] {"258", "-2"},
        labels(npy(">i2", "(2,)", 4, data -> data.order(ByteOrder.BIG_ENDIAN).putShort((short) 258).putShort((short) -2))));
  }

  /// `numpy.savez(X_train=table.to_numpy())` of a pandas table writes this order.
  @Test
  void readsArraysInFortranOrder() throws IOException {
    TimeSeriesSet one = SeriesFiles.read(write(Map.of("X_train", columnMajor(floats("(2, 3)", 1, 4, 2, 5, 3, 6)))));
    assertEquals(List.of(TimeSeries.of(new float[] {1, 2, 3}), TimeSeries.of(new float[] {4, 5, 6})), one.series());
    TimeSeriesSet two = SeriesFiles.read(
        write(Map.of("X_train", columnMajor(floats("(2, 3, 2)", 1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60)))));
    assertEquals(List.of(TimeSeries.of(new float[] {1, 2, 3}, new float[] {10, 20, 30}),
        TimeSeries.of(new float[] {4, 5, 6}, new float[] {40, 50, 60})), two.series());
  }

  private static byte[] columnMajor(byte[] array) {
    return new String(array, StandardCharsets.ISO_8859_1).replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1);
  }

  /// 2⁵³ and the next number are one double.
  @Test
  void keepsLargeNumbersApartAsLabels() throws IOException {
    assertArrayEquals(new String[] {"9007199254740992", "9007199254740993"},
        labels(npy("<i8", "(2,)", 16, data -> data.putLong(1L << 53).putLong((1L << 53) + 1))));
  }

  @Test
  void complainsOfDamagedArrays() throws IOException {
    byte[] whole = floats("(2, 2)", 1, 2, 3, 4);
    assertComplaint(Map.of("X_train", Arrays.copyOf(whole, whole.length - 3)), "X_train", "damaged");
    assertComplaint(Map.of("X_train", Arrays.copyOf(whole, 40)), "X_train", "cut short");
    assertComplaint(Map.of("X_train", new byte[5]), "X_train", ".npy");
    assertComplaint(Map.of("X_train", floats("(4000000000, 2)", 1, 2)), "X_train", "too large");
    assertComplaint(Map.of("X_train", floats("(2000000000, 2000000000, 2000000000)", 1, 2)), "X_train", "damaged");
  }

  @Test
  void complainsOfAWrongChecksum() throws IOException {
    Path file = write(Map.of("X_train", floats("(2, 2)", 1, 2, 3, 4)));
    byte[] bytes = Files.readAllBytes(file);
    int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2"); // of the archive's directory
    bytes[entry + 16] ^= 1;
    Files.write(file, bytes);
    BadFile.assertComplaint(file, 0, "X_train", "checksum", "damaged");
  }

  @Test
  void complainsOfFilesThatAreNoArchive() {
    BadFile.assertComplaint(BadFile.write(folder, "text.npz", "this is no zip archive at all"), 0, "not a zip archive");
    BadFile.assertComplaint(BadFile.write(folder, "empty.npz", ""), 0, "not a zip archive");
  }

  @Test
  void namesTheArrayAndTheFile() throws IOException {
    Path file = write(Map.of("X_train", new byte[20]));
    String message = assertThrows(BadSeriesException.class, () -> SeriesFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": X_train: "), message);
  }

  private String[] labels(byte[] array) throws IOException {
    TimeSeriesSet set = SeriesFiles.read(write(Map.of("X_train", floats("(2, 2)", 1, 2, 3, 4), "y_train", array)));
    return set.series().stream().map(series -> series.label().orElse(null)).toArray(String[]::new);
  }

  private void assertComplaint(Map<String, byte[]> arrays, String... words) throws IOException {
    BadFile.assertComplaint(write(arrays), 0, words);
  }

  private Path write(Map<String, byte[]> arrays) throws IOException {
    Path file = folder.resolve("set.npz");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    return file;
  }

  private static byte[] floats(String shape, float... values) {
    return npy("<f4", shape, 4 * values.length, data -> {
      for (float value : values) data.putFloat(value);
    });
  }

  private static byte[] doubles(String shape, double... values) {
    return npy("<f8", shape, 8 * values.length, data -> {
      for (double value : values) data.putDouble(value);
    });
  }

  private static byte[] longs(long... values) {
    return npy("<i8", "(" + values.length + ",)", 8 * values.length, data -> {
      for (long value : values) data.putLong(value);
    });
  }

  private static byte[] npy(String type, String shape, int bytes, Consumer<ByteBuffer> content) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    content.accept(data);
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data.array());
    return out.toByteArray();
  }
}
