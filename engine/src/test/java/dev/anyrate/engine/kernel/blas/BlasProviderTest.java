package dev.anyrate.engine.kernel.blas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.scalar.ScalarConvolution;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlasProviderTest {
  /// Started in JVMs of its own: prints what the provider says, and nothing else.
  static final class Program {
    private Program() {}

    public static void main(String... arguments) {
      switch (new BlasProvider().availability()) {
        case Available(String detail) -> System.out.println("available: " + detail);
        case Unavailable(String reason, String remedy) -> System.out.println(reason + "; " + remedy);
      }
    }
  }

  @Test
  void withoutItsJarItNamesTheDependency() throws IOException, InterruptedException {
    String withoutJblas = Arrays.stream(classPath().split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jblas"))
        .collect(Collectors.joining(File.pathSeparator));
    assertEquals("jblas is not on the class path; add the dependency org.jblas:jblas:1.2.5", outputOfProgram(withoutJblas));
  }

  /// jblas by itself writes to System.err while it loads and while the program ends.
  @Test
  void theProbePrintsNothing() throws IOException, InterruptedException {
    String expected = switch (new BlasProvider().availability()) {
      case Available(String detail) -> "available: " + detail;
      case Unavailable(String reason, String remedy) -> reason + "; " + remedy;
    };
    assertEquals(expected, outputOfProgram(classPath()));
  }

  @Test
  void whereTheNativeLibraryCannotBeUnpackedItNamesTheFolder(@TempDir Path folder) throws IOException, InterruptedException {
    Path belowAFile = Files.createFile(folder.resolve("file")).resolve("folder"); // nobody, root included, can make it
    String output = outputOfProgram(classPath(), "-Djava.io.tmpdir=" + belowAFile);
    assertTrue(output.contains("the native library of jblas does not load"), output);
    assertTrue(output.contains("see that files in java.io.tmpdir (" + belowAFile + ") may be written"), output);
  }

  @Test
  void aMissingFortranLibraryIsNamedWithItsPackage() {
    Unavailable unavailable = BlasProbe.notLoaded("/tmp/jblas1/libjblas.so: libgfortran.so.5: cannot open shared object file");
    assertTrue(unavailable.reason().contains("libgfortran.so.5"), unavailable.reason());
    assertTrue(unavailable.remedy().contains("libgfortran5"), unavailable.remedy());
  }

  @Test
  void everyReasonIsOneLine() {
    Unavailable unavailable = BlasProbe.notLoaded("failed to map segment\nfrom shared object \n");
    assertTrue(unavailable.reason().endsWith("does not load: failed to map segment from shared object"), unavailable.reason());
  }

  @Test
  void itTakesItsMatrixProductsFromJblasAndTheRestFromScalar() {
    try (var workers = new Workers(1); Kernels kernels = new BlasProvider().open(workers, MemoryPolicy.POOLED)) {
      assertEquals("blas", kernels.name());
      assertInstanceOf(BlasMatmul.class, kernels.matmul());
      assertInstanceOf(ScalarConvolution.class, kernels.convolution());
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String outputOfProgram(String classPath, String... options) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.addAll(List.of(options));
    command.add(Program.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }
}
