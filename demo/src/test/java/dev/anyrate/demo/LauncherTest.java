package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher in a checkout of one source file, whose text is what its build makes and what its program prints. Maven and the JVM are scripts that do so.
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final List<String> TOOLS = List.of("basename", "bash", "cat", "cp", "date", "env", "find", "grep",
      "locale", "mkdir", "mktemp", "mv", "readlink", "rm", "rmdir", "sleep");
  private static final String MAVEN = """
      #!/usr/bin/env bash
      mkdir building || exit 1 # another build is at it
      echo built >>builds
      sleep 0.3
      mkdir -p demo/target/lib
      cat engine/src/main/source >demo/target/anyrate.jar
      rmdir building
      ! grep -q wrong engine/src/main/source || { echo 'wrong source'; exit 1; }
      """;
  /// `java … -jar JAR COMMAND [FILE]` reads its jar late, as the JVM does with classes: when FILE is there.
  private static final String JAVA = """
      #!/usr/bin/env bash
      while [[ $1 != -jar ]]; do
        case $1 in -XX:AOTCacheOutput=*) echo cache >"${1#*=}"; exit ;; esac
        shift
      done
      echo running
      until [[ -z ${4:-} || -e $4 ]]; do sleep 0.02; done
      cat "$2"
      """;

  @TempDir
  private Path folder;

  @BeforeEach
  void makeCheckout() throws IOException {
    for (String module : List.of("engine", "augment", "model", "demo")) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    Files.createFile(folder.resolve("pom.xml"));
    Files.copy(Path.of("anyrate"), folder.resolve("demo/anyrate"));
    source("one");
    script("tools/mvn", MAVEN);
    script("jdk/bin/java", JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String tool : TOOLS) assertTrue(offer(tool), tool);
  }

  @Test
  void itBuildsWhatIsMissingOrOlderThanItsSourcesAndNothingElse() throws Exception {
    assertEquals("one", printed(start("doctor")));
    assertEquals("one", printed(start("doctor")));
    assertEquals(1, buildsMade());
    source("two");
    assertEquals("two", printed(start("doctor")));
    assertEquals(2, buildsMade());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRebuildLeavesARunningProgramAlone(boolean locks) throws Exception {
    allowLocks(locks);
    Path epochs = folder.resolve("epochs");
    Process training = start("train", epochs.toString());
    assertEquals("running", training.inputReader().readLine());
    for (String text : List.of("two", "three")) {
      source(text);
      assertEquals(text, printed(start("doctor")));
    }
    Files.createFile(epochs);
    assertEquals("one", training.inputReader().readLine());
    assertEquals(0, training.waitFor());
  }

  @Test
  void aBuildThatNobodyRunsIsDeletedByALaterOne() throws Exception {
    allowLocks(true);
    for (String text : List.of("one", "two", "three")) {
      source(text);
      assertEquals(text, printed(start("doctor")));
    }
    try (Stream<Path> builds = Files.list(folder.resolve("demo/target/launcher"))) {
      assertEquals(1, builds.filter(Files::isDirectory).count());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsAtTheSameTimeBuildOnce(boolean locks) throws Exception {
    allowLocks(locks);
    List<Process> calls = List.of(start("doctor"), start("doctor"), start("doctor"));
    for (Process call : calls) assertEquals("one", printed(call));
    assertEquals(1, buildsMade());
  }

  @Test
  void whereNothingLocksABuildThatWasKilledIsNamed() throws Exception {
    Process killed = new ProcessBuilder("sleep", "0").start();
    killed.waitFor();
    Path lock = Files.createDirectories(folder.resolve("demo/target/launcher/lock.d"));
    Files.writeString(lock.resolve("process"), killed.pid() + "\n");
    Process call = start("doctor");
    assertEquals(1, call.waitFor());
    String said = call.errorReader().readLine();
    assertTrue(said.contains("process " + killed.pid()) && said.endsWith("delete " + lock.toRealPath() + " and call again"),
        said);
  }

  @Test
  void aBuildThatFailsSaysWhyAndIsTriedAgain() throws Exception {
    source("wrong");
    Process call = start("doctor");
    assertEquals(1, call.waitFor());
    assertEquals(List.of("anyrate: building (once)", "wrong source", "anyrate: the build failed; its messages stand above"),
        call.errorReader().lines().toList());
    source("right");
    assertEquals("right", printed(start("doctor")));
  }

  private void source(String text) throws IOException {
    Files.writeString(folder.resolve("engine/src/main/source"), text + "\n");
  }

  private long buildsMade() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private Process start(String... arguments) throws IOException {
    var command = Stream.concat(Stream.of(folder.resolve("demo/anyrate").toString()), Arrays.stream(arguments)).toList();
    var builder = new ProcessBuilder(command);
    builder.environment().put("PATH", folder.resolve("tools").toString());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    return builder.start();
  }

  private static String printed(Process call) throws Exception {
    List<String> lines = call.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, call.waitFor(), () -> "exit code; stderr: " + call.errorReader().lines().toList());
    assertEquals(2, lines.size(), lines::toString);
    return lines.getLast();
  }

  private void allowLocks(boolean locks) throws IOException {
    if (locks) assumeTrue(offer("flock"), "this system has no flock");
  }

  private void script(String name, String text) throws IOException {
    Path script = folder.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, text);
    assertTrue(script.toFile().setExecutable(true));
  }

  /// Puts a tool of this system onto the path of the launcher, which has nothing else.
  ///
  /// @return whether the system has it
  private boolean offer(String tool) throws IOException {
    Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(place -> Path.of(place, tool)).filter(Files::isExecutable).findFirst();
    if (found.isPresent()) script("tools/" + tool, "#!/bin/sh\nexec " + found.get() + " \"$@\"\n");
    return found.isPresent();
  }
}
