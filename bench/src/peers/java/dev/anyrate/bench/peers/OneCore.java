package dev.anyrate.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Binds processes to the first core that this one may use, so that all sides run on the same one.
final class OneCore {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private OneCore() {}

  /// What stands before the command of a process; nothing where the system has no `taskset`.
  static List<String> command() throws IOException {
    if (!Files.exists(STATUS) || !Files.exists(TASKSET)) return List.of();
    String allowed = Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ALLOWED)).findFirst().orElseThrow();
    return List.of(TASKSET.toString(), "-c", allowed.substring(ALLOWED.length()).strip().split("[-,]")[0]);
  }
}
