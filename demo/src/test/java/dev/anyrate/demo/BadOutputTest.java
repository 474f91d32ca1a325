package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An output that cannot or must not be written is refused before the work, and nothing is left behind.
class BadOutputTest {
  @TempDir
  private static Path folder;

  private static Workplace work;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void train() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
    model = work.checkpoint("model.safetensors", data);
  }

  /// A command without its output.
  ///
  /// @param arguments up to the option that names the output
  /// @param extension of that output
  record Writer(List<Object> arguments, String extension) {
    Outcome writes(Path out) {
      return work.untouchedBy(Stream.concat(arguments.stream(), Stream.of(out)).toArray());
    }

    @Override
    public String toString() {
      return arguments.getFirst() + " " + arguments.getLast();
    }
  }

  static Stream<Writer> writers() {
    return Stream.of(new Writer(List.of("train", "--data", data, "--out"), ".safetensors"),
        new Writer(List.of("evaluate", "--data", data, "--checkpoint", model, "--out"), ".json"),
        new Writer(List.of("evaluate", "--data", data, "--checkpoint", model, "--html"), ".html"),
        new Writer(List.of("embed", "--data", data, "--checkpoint", model, "--out"), ".npy"),
        new Writer(List.of("embed", "--data", data, "--checkpoint", model, "--out"), ".csv"),
        new Writer(List.of("resample", "--data", data, "--rate", 2, "--out"), ".ts"));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void inAFolderThatDoesNotExist(Writer writer) {
    Path out = folder.resolve("missing", "out" + writer.extension);
    writer.writes(out).refused(out.toString(), "the folder " + out.getParent() + " does not exist");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void inAFolderThatCannotBeWritten(Writer writer) throws IOException {
    Path out = unwritableFolder().resolve("out" + writer.extension);
    writer.writes(out).refused(out.toString(), "nothing can be written in " + out.getParent());
  }

  /// A folder without permission; for root, who may write there too, one of the system in which nobody can.
  private static Path unwritableFolder() throws IOException {
    Path closed = Files.createDirectories(work.path("closed"));
    if (closed.toFile().setWritable(false) && !Files.isWritable(closed)) return closed;
    Path system = Path.of("/proc");
    assumeTrue(Files.isDirectory(system), "skipped: this user may write everywhere, and there is no /proc");
    return system;
  }

  @ParameterizedTest
  @MethodSource("writers")
  void inPlaceOfAFolder(Writer writer) throws IOException {
    Path out = Files.createDirectories(folder.resolve("folder" + writer.extension));
    writer.writes(out).refused(out + ": is a folder");
  }

  @ParameterizedTest
  @MethodSource("writers")
  void underAnExtensionOfAnotherFormat(Writer writer) {
    Path out = work.file("notes.doc", "precious");
    writer.writes(out).refused(out + ": unknown format", writer.extension);
  }

  @Test
  void onTheInputItself() {
    Path table = work.file("table.csv", "1,1,2,3", "2,3,2,1");
    work.untouchedBy("resample", "--data", table, "--rate", 2, "--out", table).refused(table.toString(), "belongs to the input");
    work.untouchedBy("embed", "--data", table, "--checkpoint", model, "--out", table).refused(table.toString(),
        "belongs to the input");
    Path copy = work.file("model.npy");
    Path rates = work.file("rates.csv", "100", "100");
    work.untouchedBy("embed", "--data", table, "--checkpoint", copy, "--out", copy).refused(copy.toString(),
        "belongs to the input");
    work.untouchedBy("embed", "--data", table, "--checkpoint", model, "--rate-hz", rates, "--out", rates).refused(
        rates.toString(),
        "belongs to the input");
    Path test = data.resolve("Shapes_TEST.ts");
    work.untouchedBy("resample", "--data", data, "--rate", 2, "--out", test).refused(test.toString(), "belongs to the input");
  }

  @Test
  void ofTheTrainingStateIsCheckedToo() throws IOException {
    Path state = Files.createDirectories(work.path("blocked.training.safetensors"));
    work.untouchedBy("train", "--data", data, "--out", work.path("blocked.safetensors")).refused(state + ": is a folder");
  }

  @Test
  void ofTheDemoMustBeAFolder() {
    Path file = work.file("file", "precious");
    work.untouchedBy("demo", "--out", file).refused(file + ": is a file, not a folder");
    Path inside = file.resolve("below");
    work.untouchedBy("demo", "--out", inside).refused(file.toString());
  }

  /// What stands beside a folder that is to be made has nothing to do with what will stand in it.
  @Test
  void ofTheDemoMayLieBesideFilesOfTheSameNames() throws IOException {
    Path parent = Files.createDirectories(work.path("parent"));
    Files.createDirectories(parent.resolve("report.json")); // cannot be written as a file
    work.untouchedBy("demo", "--out", parent.resolve("demo"), "--backend", "abacus").refused("backend abacus does not exist");
  }

  @Test
  void ofADemoThatIsRefusedIsNotMade() {
    Path out = work.path("demo");
    work.untouchedBy("demo", "--out", out, "--backend", "abacus").refused("backend abacus does not exist");
    assertFalse(Files.exists(out));
  }

  @Test
  void ofAProofOrABenchmarkMustBeAFolder() {
    Path file = work.file("file", "precious");
    for (Path out : new Path[] {file, file.resolve("below")}) {
      work.untouchedBy("prove", "--checkpoint", model, "--data", data, "--out", out).refused(file + ": is a file, not a folder");
      work.untouchedBy("benchmark", "--data", data, "--out", out).refused(file + ": is a file, not a folder");
    }
  }

  @Test
  void severalChannelsDoNotFitInATable() {
    Path two = work.dataset("Two", 16, 2);
    work.untouchedBy("resample", "--data", two, "--rate", 2, "--out", work.path("two.csv")).refused("2 channels", ".ts");
  }

  @Test
  void anOldOutputIsReplaced() throws IOException {
    Path old = work.file("old.csv", "precious");
    Outcome.of("embed", "--data", data, "--checkpoint", model, "--out", old).succeeded();
    assertTrue(Files.readAllLines(old).size() == 18, "one line for each series of TRAIN");
  }
}
