package dev.anyrate.engine.kernel.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BackendUnavailable;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.CaseSweep;
import dev.anyrate.engine.testing.ChildProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user sees who lacks a part of OpenCL. Each test runs a JVM of its own.
class OpenClProviderTest {
  @TempDir
  private Path folder;

  /// Opens the engine that the properties ask for, and says in one line what came of it.
  static final class Program {
    private Program() {}

    public static void main(String... arguments) {
      try (Engine engine = Engine.open()) {
        System.out.println("active: " + engine.report().line());
      } catch (BackendUnavailable e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private static String lineOf(ChildProgram program) throws IOException, InterruptedException {
    String output = program.run(Program.class).output();
    List<String> lines = output.lines().filter(line -> line.startsWith("active: ") || line.startsWith("refused: ")).toList();
    assertEquals(1, lines.size(), output);
    return lines.getFirst();
  }

  private static ChildProgram explicit() {
    return ChildProgram.likeUs().withOption("-Danyrate.backend=opencl");
  }

  private static ChildProgram automatic() {
    return ChildProgram.likeUs().withOption("-D" + OpenClProvider.AUTOMATIC_PROPERTY + "=true");
  }

  private static void assertContains(String line, String... parts) {
    for (String part : parts) assertTrue(line.contains(part), line);
  }

  @Test
  void withoutJoclAnExplicitWishNamesTheDependency() throws IOException, InterruptedException {
    assertEquals("refused: backend opencl cannot be used: JOCL is not on the class path; add the dependency org.jocl:jocl:2.0.6",
        lineOf(explicit().without("jocl")));
  }

  @Test
  void withoutJoclTheAutomaticChoiceFallsBackAndSaysSo() throws IOException, InterruptedException {
    assertContains(lineOf(automatic().without("jocl")), "active: backend=simd", "opencl not used: JOCL is not on the class path");
  }

  @Test
  void withoutADriverBothSayWhatToInstall() throws IOException, InterruptedException {
    Path nothing = Files.createDirectory(folder.resolve("no drivers"));
    assertContains(lineOf(explicit().withVariable("OCL_ICD_VENDORS", nothing)), "refused: backend opencl cannot be used: ",
        "apt install pocl-opencl-icd");
    assertContains(lineOf(automatic().withVariable("OCL_ICD_VENDORS", nothing)), "active: backend=simd", "opencl not used: ",
        "apt install pocl-opencl-icd");
  }

  @Test
  void aDeviceIsTakenByTheAutomaticChoiceOnlyIfThatIsAllowed() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    assertContains(lineOf(automatic()), "active: backend=opencl");
    assertContains(lineOf(ChildProgram.likeUs()), "active: backend=simd");
  }

  @Test
  void anUnknownDeviceIsRefusedWithTheListOfThose() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    assertContains(lineOf(explicit().withOption("-Danyrate.opencl.device=abacus")), "refused: ", "no device is called abacus",
        "0 ");
  }

  @Test
  void aKernelThatDoesNotCompileIsNamedWithItsLine() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    Path resources = Files.createDirectories(folder.resolve("dev/anyrate/engine/kernel/opencl"));
    Files.writeString(resources.resolve("layout.cl"), "// fine\nkernel void permute(int size) { nonsense; }\n");
    assertContains(lineOf(explicit().withFolder(folder)), "refused: ", "layout.cl does not compile on ", "layout.cl:2:",
        "nonsense");
    assertContains(lineOf(automatic().withFolder(folder)), "active: backend=simd", "layout.cl:2:");
  }

  @Tag("long")
  @Test
  void aDamagedCacheIsRebuilt() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    ChildProgram program = explicit().withVariable("XDG_CACHE_HOME", folder);
    assertContains(lineOf(program), "active: backend=opencl");
    Path cache = folder.resolve("anyrate/opencl");
    List<Path> kept = files(cache);
    assertEquals(Family.values().length, kept.size());
    for (Path file : kept) Files.writeString(file, "damaged");
    assertContains(lineOf(program), "active: backend=opencl");
    for (Path file : files(cache)) assertTrue(Files.size(file) > 100, file + " was rebuilt");
    assertEquals(kept, files(cache));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /// A processor in the place of a graphics card, with the kernels that it would not choose: tiles in local memory, and sums and maxima by a tree of the work-items.
  @Tag("long")
  @Test
  void theKernelsOfGraphicsCardsGiveTheSameNumbers() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    ChildProgram program = ChildProgram.likeUs().withOption("-D" + Tuning.LOCAL_TILES_PROPERTY + "=true");
    for (String cases : List.of("matmul", "conv1d", "softmax", "layer norm")) {
      ChildProgram.Ended ended = program.run(CaseSweep.class, "opencl", cases);
      assertEquals(0, ended.exitCode(), ended.output());
      assertTrue(ended.output().lines().anyMatch(line -> line.matches("[1-9]\\d+ cases, 0 failures")), ended.output());
    }
  }
}
