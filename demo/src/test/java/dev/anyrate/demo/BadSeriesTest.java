package dev.anyrate.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Series that nothing can be done with are refused by every command that reads series, at their place in the file.
class BadSeriesTest {
  @TempDir
  private Path folder;

  private Workplace work;

  @BeforeEach
  void openWorkplace() {
    work = new Workplace(folder);
  }

  /// A file that is wrong.
  ///
  /// @param name  of the file
  /// @param lines in it
  /// @param place behind the name, in the message
  /// @param fault that the message names
  record BadFile(String name, List<String> lines, String place, String fault) {
    @Override
    public String toString() {
      return name + ": " + fault;
    }
  }

  static Stream<BadFile> badFiles() {
    return Stream.of(
        new BadFile("empty.csv", List.of(), ": ", "empty"),
        new BadFile("header.ts", List.of("@univariate true", "@classLabel false", "@data"), ": ", "no series"),
        new BadFile("text.csv", List.of("1,0.1,0.2", "2,0.1,abc"), ":2: ", "value 2 is 'abc'"),
        new BadFile("text.tsv", List.of("1\t0.1\t0.2", "2\t0.1\t0.2", "2\t0.1\t0x3"), ":3: ", "value 2 is '0x3'"),
        new BadFile("ragged.ts", List.of("@dimensions 2", "@classLabel true a b", "@data", "1,2,3:1,2,3:a", "1,2,3:1,2:b"),
            ":5: ",
            "ragged channels"),
        new BadFile("channels.ts", List.of("@classLabel true a b", "@data", "1,2,3:1,2,3:a", "1,2,3:b"), ":4: ", "1 channel,"),
        new BadFile("point.csv", List.of("1,0.5,0.6", "2,0.5"), ":2: ", "series of one point"),
        new BadFile("missing.csv", List.of("1,1,2,3", "2,?,?,?"), ":2: ", "all values of channel 1 are missing"),
        new BadFile("infinite.csv", List.of("1,1,inf,3"), ":1: ", "value 2 of channel 1 is infinite"),
        new BadFile("overflow.csv", List.of("1,1,2,1e60"), ":1: ", "value 3 of channel 1 is infinite"),
        new BadFile("series.xlsx", List.of("1,2,3"), ": ", "unknown kind of file"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void isRefusedAtItsPlace(BadFile bad) {
    Path file = work.file(bad.name, bad.lines.toArray(String[]::new));
    String place = file + bad.place;
    work.untouchedBy("train", "--data", file, "--out", work.path("m.safetensors")).refused(place, bad.fault);
    work.untouchedBy("resample", "--data", file, "--rate", 2, "--out", work.path("r.ts")).refused(place, bad.fault);
    work.untouchedBy("embed", "--data", file, "--checkpoint", "none", "--out", work.path("e.npy")).refused(place, bad.fault);
  }

  @Test
  void aMissingFileOrFolderIsNamed() {
    Path nothing = work.path("nothing");
    work.untouchedBy("train", "--data", nothing, "--out", work.path("m.safetensors"))
        .refused(nothing + ": no such file or folder");
    work.untouchedBy("resample", "--data", nothing, "--rate", 2, "--out", work.path("r.ts")).refused(nothing.toString());
  }

  @Test
  void aFolderWithoutThePartSaysHowToNameIt() {
    Path file = work.file("stray.csv", "1,1,2,3");
    work.untouchedBy("train", "--data", file.getParent(), "--out", work.path("m.safetensors"))
        .refused(folder + ": no TRAIN part", "_TRAIN", ".tsv");
  }

  @Test
  void theRootOfTheFileSystemIsNoDataset() {
    Path root = folder.getRoot();
    work.untouchedBy("train", "--data", root, "--out", work.path("m.safetensors")).refused(root + ": the root of a file system");
    work.untouchedBy("benchmark", "--data", root, "--out", work.path("table")).refused(root + ": the root of a file system");
  }

  @Test
  void anEmptyPathIsCalledEmpty() {
    work.untouchedBy("train", "--data", "", "--out", work.path("m.safetensors")).refused("'--data'", "the path is empty");
  }

  @Test
  void missingValuesAreCountedAndTheOptionIsNamed() {
    Path file = work.file("gaps.csv", "1,1,?,3,4", "2,NaN,2,,4", "2,4,2,1,0");
    work.untouchedBy("train", "--data", file, "--out", work.path("m.safetensors"))
        .refused(
            "anyrate: " + file + ": 3 missing values in 2 of 3 series; fill them in, or bridge them with --missing interpolate");
  }

  @Test
  void missingValuesAreBridgedOnDemandAndReported() {
    Path file = work.file("gaps.csv", "1,1,?,3,4", "2,NaN,2,,4", "2,4,2,1,0");
    String report = file + ": 3 missing values in 2 series bridged";
    Path out = work.path("bridged.csv");
    Outcome.of("resample", "--data", file, "--rate", 1, "--out", out, "--missing", "interpolate").succeededSaying(report);
    Outcome.of("resample", "--data", out, "--rate", 1, "--out", work.path("again.csv")).succeeded();
    work.train("m.safetensors", file, "--missing", "interpolate").succeededSaying(report, "a batch of only 3 pairs");
  }

  @Test
  void aTailOfNaNThatPadsARowIsALengthNotAGap() {
    Path file = work.file("padded.csv", "1,1,2,3,4", "2,4,2,1,NaN");
    Outcome.of("resample", "--data", file, "--rate", 1, "--out", work.path("r.csv")).succeeded().printed("length 3 to 4");
  }

  /// Nothing in the file says which axis is time.
  @Test
  void arraysOfMoreChannelsThanSamplesMayHaveAnotherOrderOfAxes() throws IOException {
    Path few = arrays("few.npz", "(2, 5, 3)");
    Outcome.of("resample", "--data", few, "--rate", 1, "--out", work.path("few.ts")).succeeded();
    Path many = arrays("many.npz", "(2, 3, 5)");
    Outcome.of("resample", "--data", many, "--rate", 1, "--out", work.path("many.ts"))
        .succeededSaying(many + ": 5 channels of only 3 samples; the axes of X_train and X_test are [series, samples, channels]");
    Outcome.of("resample", "--data", work.path("many.ts"), "--rate", 1, "--out", work.path("again.ts")).succeeded();
  }

  /// An archive of NumPy's with 30 numbers of one byte.
  private Path arrays(String name, String shape) throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}\n";
    try (var zip = new ZipOutputStream(Files.newOutputStream(work.path(name)))) {
      zip.putNextEntry(new ZipEntry("X_train.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
      zip.write(header.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 30; i++) zip.write(i);
    }
    return work.path(name);
  }

  @Test
  void aSingleSeriesCannotBeTrainedOn() {
    Path file = work.file("single.csv", "1,1,2,3,4");
    work.untouchedBy("train", "--data", file, "--out", work.path("m.safetensors")).refused("single", "at least 2");
  }
}
