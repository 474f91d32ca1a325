package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files damaged by chance are either read or refused with one line; nothing else ever comes out of a reader.
class DamagedFilesTest {
  private static final int DAMAGES = 120;
  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "ts | @problemName p;@univariate false;@dimensions 2;@equalLength false;@classLabel true a b;@data;1,2,?:4,5,6:a;1,2:3,4:b",
      "tsv | 1\t2\t3;2\t3\t4\t5", "csv | label,a,b;'x',2,3;y,3,4,,", "txt | 1.0e0  2 3; 2 4 5 6",
      "arff | @relation r;@attribute x relational;@attribute 't 0' real;@attribute t1 real;@end x;@attribute c {w,'r, n'};@data;"
          + "'1,2\\n3,4',w"})
  void areReadOrRefused(String extension, String lines) throws IOException {
    byte[] whole = lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("damaged." + extension);
    Files.write(file, whole);
    assertTrue(SeriesFiles.read(file).size() > 0, "the whole file is good");
    var random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      Files.write(file, damaged(whole, random));
      try {
        SeriesFiles.read(file);
      } catch (BadSeriesException complaint) {
        refused++;
        assertTrue(complaint.getMessage().startsWith(file + ":"), complaint.getMessage());
        assertFalse(complaint.getMessage().contains("\n"), complaint.getMessage());
      }
    }
    assertEquals(DAMAGES / 2.0, refused, DAMAGES * 0.45, "nearly all or nearly none were refused");
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      byte other = random.nextBoolean() ? (byte) random.nextInt(256) : whole[random.nextInt(whole.length)];
      bytes[random.nextInt(bytes.length)] = other;
    }
    return bytes;
  }
}
