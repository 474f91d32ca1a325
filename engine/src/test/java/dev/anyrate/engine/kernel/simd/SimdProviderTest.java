package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every reason why the backend cannot be used, each in a JVM of its own that prints what the provider says.
class SimdProviderTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /// The program of those JVMs.
  static final class Program {
    private Program() {}

    public static void main(String... arguments) {
      System.out.println(new SimdProvider().availability());
    }
  }

  @Test
  void saysWhichVectorsItUses() throws IOException, InterruptedException {
    assertTrue(availability(MODULE, "-Danyrate.simd.bits=128").equals("Available[detail=128 bit, FMA]"));
  }

  @Test
  void withoutTheModuleItSaysWhatToAdd() throws IOException, InterruptedException {
    assertUnavailable("the module jdk.incubator.vector is not loaded", "add --add-modules jdk.incubator.vector");
  }

  @Test
  void withoutACompilerItIsUnavailable() throws IOException, InterruptedException {
    assertUnavailable("the JVM only interprets", "remove -Xint", MODULE, "-Xint");
  }

  @Test
  void withoutC2ItIsUnavailable() throws IOException, InterruptedException {
    assertUnavailable("the C2 compiler is switched off", "remove -XX:TieredStopAtLevel", MODULE, "-XX:TieredStopAtLevel=1");
  }

  @Test
  void withoutFusedMultiplyAddItIsUnavailable() throws IOException, InterruptedException {
    assertUnavailable("fused multiply-add is missing or switched off", "remove -XX:-UseFMA", MODULE, "-XX:-UseFMA");
  }

  @Test
  void aWidthThatDoesNotExistIsRefused() throws IOException, InterruptedException {
    assertUnavailable("-Danyrate.simd.bits=100 is no width of vectors", "give 128, 256 or 512", MODULE,
        "-Danyrate.simd.bits=100");
  }

  @Test
  void aWidthThatTheMachineLacksIsRefused() throws IOException, InterruptedException {
    assertUnavailable("-Danyrate.simd.bits=256 is wider than this machine's vectors of 128 bit", "give at most 128", MODULE,
        "-Danyrate.simd.bits=256", "-XX:MaxVectorSize=16");
  }

  private static void assertUnavailable(String reason, String remedy, String... options)
      throws IOException, InterruptedException {
    String said = availability(options);
    assertTrue(said.startsWith("Unavailable[reason=" + reason), said);
    assertTrue(said.contains("remedy=" + remedy), said);
  }

  private static String availability(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }
}
