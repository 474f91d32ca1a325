package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Bad input of every kind ends with exit code 2 and one line that says what to do, and leaves no file behind.
class BadInputTest {
  private static final String TWO_GOOD_LINES = "1,0.5,1,2,1\n2,1,0.2,1,3\n";

  @TempDir
  private Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void makeData() throws IOException {
    data = SmallDataset.write(folder, "Small", 40, 1);
    out = folder.resolve("out.safetensors");
  }

  @TestFactory
  Stream<DynamicTest> filesThatCannotBeRead() {
    return Stream.of(file("empty", "", "empty"), file("a word among numbers", TWO_GOOD_LINES + "1,0.5,abc,2\n", ".csv:3"),
        file("one point", TWO_GOOD_LINES + "1,0.5\n", "one point"),
        file("all missing", TWO_GOOD_LINES + "1,NaN,NaN,NaN\n", "missing"),
        file("an infinite value", TWO_GOOD_LINES + "1,Infinity,1,2\n", "infinite"),
        file("gaps", TWO_GOOD_LINES + "1,0.5,NaN,2\n", "--missing interpolate"));
  }

  private DynamicTest file(String name, String content, String words) {
    return DynamicTest.dynamicTest(name, () -> {
      Path file = Files.writeString(folder.resolve("bad.csv"), content);
      assertComplaint(words, "train", "--data", file, "--out", out);
    });
  }

  @Test
  void raggedChannels() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.ts"),
        "@problemName bad\n@univariate false\n@dimensions 2\n@classLabel true 1 2\n@data\n1,2,3:1,2:1\n");
    assertComplaint("ragged", "train", "--data", file, "--out", out);
  }

  @TestFactory
  Stream<DynamicTest> settingsOutOfBounds() {
    List<String[]> settings = List.of(new String[] {"--batch", "1"}, new String[] {"--temperature", "0"},
        new String[] {"--lr", "0"},
        new String[] {"--lr", "NaN"}, new String[] {"--epochs", "0"}, new String[] {"--hidden", "0"},
        new String[] {"--threads", "0"},
        new String[] {"--backend", "quantum"}, new String[] {"--encoder", "rnn"}, new String[] {"--preset", "best"},
        new String[] {"--epochs", "many"}, new String[] {"--colour", "red"});
    return settings.stream().map(setting -> DynamicTest.dynamicTest(String.join(" ", setting),
        () -> assertComplaint("", "train", "--data", data, "--out", out, setting[0], setting[1])));
  }

  @TestFactory
  Stream<DynamicTest> ratesOutOfBounds() {
    return Stream.of("0", "-1", "NaN", "1e9").map(rate -> DynamicTest.dynamicTest(rate,
        () -> assertComplaint("rate", "resample", "--data", data, "--rate=" + rate, "--out", folder.resolve("out.ts"))));
  }

  @Test
  void placesThatCannotBeReadOrWritten() throws IOException {
    assertComplaint("no such file", "train", "--data", folder.resolve("nowhere"), "--out", out);
    assertComplaint("does not exist", "train", "--data", data, "--out", folder.resolve("nowhere/out.safetensors"));
    Path inTheWay = Files.createDirectory(folder.resolve("folder.safetensors"));
    assertComplaint("is a folder", "train", "--data", data, "--out", inTheWay);
    assertComplaint("no such file", "embed", "--checkpoint", folder.resolve("nothing.safetensors"), "--data", data, "--out",
        folder.resolve("out.npy"));
  }

  @Test
  void damagedAndForeignCheckpoints() throws IOException {
    Path good = folder.resolve("good.safetensors");
    assertEquals(0, CommandRun.of("train", "--data", data, "--out", good, "--epochs", 1, "--hidden", 4).exitCode());
    byte[] bytes = Files.readAllBytes(good);
    Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, bytes.length - 5));
    assertComplaint("byte", "embed", "--checkpoint", cut, "--data", data, "--out", folder.resolve("out.npy"));
    byte[] foreign = new byte[10];
    foreign[0] = 2;
    foreign[8] = '{';
    foreign[9] = '}';
    Path other = Files.write(folder.resolve("foreign.safetensors"), foreign);
    assertComplaint("not written by", "embed", "--checkpoint", other, "--data", data, "--out", folder.resolve("out.npy"));
    Path twoChannels = SmallDataset.write(folder, "Two", 40, 2);
    assertComplaint("channels", "embed", "--checkpoint", good, "--data", twoChannels, "--out", folder.resolve("out.npy"));
  }

  @Test
  void evaluationWithoutLabelsOrWithOneClass() throws IOException {
    Path model = folder.resolve("model.safetensors");
    assertEquals(0, CommandRun.of("train", "--data", data, "--out", model, "--epochs", 1, "--hidden", 4).exitCode());
    for (String label : List.of("?", "1")) {
      Path bad = Files.createDirectory(folder.resolve("Bad" + (label.equals("?") ? "None" : "One")));
      String series = (label + ",1,2,3,1,2,5,1,2\n").repeat(3);
      Files.writeString(bad.resolve(bad.getFileName() + "_TRAIN.csv"), series);
      Files.writeString(bad.resolve(bad.getFileName() + "_TEST.csv"), series);
      assertComplaint(label.equals("?") ? "label" : "class", "evaluate", "--checkpoint", model, "--data", bad, "--out",
          folder.resolve("report.json"));
    }
  }

  private void assertComplaint(String words, Object... arguments) {
    List<String> before = files();
    CommandRun run = CommandRun.of(arguments);
    assertEquals(2, run.exitCode(), () -> run.errors().toString());
    assertEquals(1, run.errors().size(), () -> run.errors().toString());
    assertTrue(run.errors().getFirst().contains(words), run.errors().getFirst());
    assertEquals(before, files(), "no file may be left behind");
  }

  private List<String> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
