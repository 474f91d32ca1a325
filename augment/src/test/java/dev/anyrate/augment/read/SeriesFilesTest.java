package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesFilesTest {
  @TempDir
  private Path folder;

  @Test
  void readsEachPartOfADatasetFolder() throws IOException {
    Path own = Files.createDirectory(folder.resolve("Own"));
    BadFile.write(own, "Own_TRAIN.csv", "a,1,2\n");
    BadFile.write(own, "Own_TEST.tsv", "a\t1\t2\nb\t3\t4\n");
    assertEquals(1, SeriesFiles.read(own).size());
    assertEquals(2, SeriesFiles.read(own, Split.TEST).size());
    assertEquals(2, new DatasetFolder(own).test().size());
    assertEquals("Own", new DatasetFolder(own).name());
  }

  @Test
  void prefersFormatsInTheirOrder() throws IOException {
    Path own = Files.createDirectory(folder.resolve("Own"));
    BadFile.write(own, "Own_TRAIN.csv", "a,1,2\n");
    BadFile.write(own, "Own_TRAIN.tsv", "a\t1\t2\nb\t3\t4\n");
    assertEquals(2, SeriesFiles.read(own).size());
    BadFile.write(own, "Own_TRAIN.ts", "@classLabel false\n@data\n1,2\n1,2\n1,2\n");
    assertEquals(3, SeriesFiles.read(own).size());
  }

  @Test
  void readsExtensionsInAnyCase() {
    assertEquals(1, SeriesFiles.read(BadFile.write(folder, "OWN.CSV", "a,1,2\n")).size());
  }

  @Test
  void complainsOfWhatIsNotThere() {
    assertComplaint(folder.resolve("nowhere.ts"), "no such file");
    assertComplaint(folder, "no TRAIN part", folder.getFileName() + "_TRAIN", ".arff");
    assertThrows(BadSeriesException.class, () -> new DatasetFolder(folder.resolve("nowhere")));
  }

  @Test
  void complainsOfAnUnknownKindOfFile() {
    assertComplaint(BadFile.write(folder, "set.xls", "1,2"), "unknown kind of file", ".ts, .tsv, .csv, .txt, .arff, .npz");
  }

  @Test
  void refusesToTakeATrainingFileForTheTestPart() {
    Path file = BadFile.write(folder, "set.csv", "a,1,2\n");
    String message = assertThrows(BadSeriesException.class, () -> SeriesFiles.read(file, Split.TEST)).getMessage();
    assertTrue(message.contains("no separate TEST part"), message);
  }

  private static void assertComplaint(Path path, String... words) {
    String message = assertThrows(BadSeriesException.class, () -> SeriesFiles.read(path)).getMessage();
    assertTrue(message.startsWith(path + ": "), message);
    for (String word : words) assertTrue(message.contains(word), message);
  }
}
