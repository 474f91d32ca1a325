package dev.anyrate.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a user sees who starts Java without the Vector API's module, or leaves jblas away. Each test runs [FallbackProgram] in a JVM of its own.
class BackendFallbackTest {
  private static final String ADD_MODULE = "--add-modules jdk.incubator.vector";

  private record Ended(int exitCode, String output) {
    long linesWith(String text) {
      return output.lines().filter(line -> line.contains(text)).count();
    }
  }

  @Test
  void withoutTheVectorModuleItWorksAndSaysOnceWhatToAdd() throws IOException, InterruptedException {
    Ended program = run(classPath());
    assertEquals(0, program.exitCode, program.output);
    assertEquals(1, program.linesWith("weight 3.000"), program.output);
    assertEquals(0, program.linesWith("backend simd"), program.output);
    assertEquals(1, program.linesWith(ADD_MODULE), program.output);
  }

  @Test
  void withoutJblasItFallsBackToTheScalarKernels() throws IOException, InterruptedException {
    Ended program = run(withoutJblas());
    assertEquals(0, program.exitCode, program.output);
    assertEquals(1, program.linesWith("backend scalar, scalar"), program.output);
    assertEquals(1, program.linesWith("weight 3.000"), program.output);
    assertEquals(1, program.linesWith(ADD_MODULE), program.output);
  }

  @Test
  void anExplicitWishForSimdFailsInOneLineThatSaysWhatToAdd() throws IOException, InterruptedException {
    Ended program = run(classPath(), "-Danyrate.backend=simd");
    assertEquals(2, program.exitCode, program.output);
    assertEquals(1, program.output.lines().count(), program.output);
    assertTrue(program.output.startsWith("backend simd cannot be used: "), program.output);
    assertEquals(1, program.linesWith(ADD_MODULE), program.output);
  }

  @Test
  void anExplicitWishForBlasWithoutJblasFailsInOneLine() throws IOException, InterruptedException {
    Ended program = run(withoutJblas(), "-Danyrate.backend=blas");
    assertEquals(2, program.exitCode, program.output);
    assertEquals(1, program.output.lines().count(), program.output);
    assertTrue(program.output.startsWith("backend blas cannot be used: ") && program.output.contains("jblas"), program.output);
  }

  @Test
  void withTheVectorModuleItUsesSimdAndAsksForNothing() throws IOException, InterruptedException {
    Ended program = run(classPath(), "--add-modules", "jdk.incubator.vector");
    assertEquals(0, program.exitCode, program.output);
    assertEquals(1, program.linesWith("backend simd, simd"), program.output);
    assertEquals(0, program.linesWith(ADD_MODULE), program.output);
  }

  private static Ended run(String classPath, String... jvmOptions) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, "--enable-native-access=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(List.of(jvmOptions));
    command.add(FallbackProgram.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String withoutJblas() {
    Stream<String> entries = Arrays.stream(classPath().split(File.pathSeparator));
    return entries.filter(entry -> !Path.of(entry).getFileName().toString().contains("jblas"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
