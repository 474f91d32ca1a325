package dev.anyrate.bench.report;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/// Where and when results were made.
///
/// @param processor  model, and how many of its cores this process may use
/// @param vectorBits width of the vectors that kernels compute with
/// @param java       version of the JVM
/// @param commit     of the sources, `-dirty` behind it if they were changed
/// @param date       in UTC
public record Machine(String processor, int vectorBits, String java, String commit, String date) {
  /// This machine, now.
  public static Machine here() {
    return new Machine(processorName() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
        vectorBitsOfThisJvm(), System.getProperty("java.vm.name") + " " + Runtime.version(), gitDescribe(),
        LocalDate.now(ZoneOffset.UTC).toString());
  }

  /// Asked of the JVM and not of the Vector API, whose module only the JVMs that measure have. Both go by the same flag, which holds for them too.
  private static int vectorBitsOfThisJvm() {
    var hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Byte.SIZE * Integer.parseInt(hotSpot.getVMOption("MaxVectorSize").getValue());
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.substring(line.indexOf(':') + 2))
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }

  private static String gitDescribe() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return commit.isEmpty() ? "unknown" : commit;
    } catch (IOException _) {
      return "unknown";
    }
  }

  @Override
  public String toString() {
    return "%s; vectors of %d bits; %s; commit %s; %s".formatted(processor, vectorBits, java, commit, date);
  }
}
