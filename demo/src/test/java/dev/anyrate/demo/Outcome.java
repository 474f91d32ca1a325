package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What one call of the command line gave.
///
/// @param exitCode as the shell sees it
/// @param out      lines on stdout
/// @param err      lines on stderr
record Outcome(int exitCode, List<String> out, List<String> err) {
  /// Runs a command in this process.
  ///
  /// @param arguments of the command line; paths and numbers stand for their text
  static Outcome of(Object... arguments) {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int exitCode = Main.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
      return new Outcome(exitCode, lines(out), lines(err));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// Success, whatever stands on stderr.
  Outcome worked() {
    assertEquals(0, exitCode, () -> "exit code; stderr: " + err);
    return this;
  }

  /// Success, and nothing on stderr.
  Outcome succeeded() {
    return succeededSaying();
  }

  /// Success with one line on stderr for each text, which holds it.
  Outcome succeededSaying(String... texts) {
    worked();
    assertEquals(texts.length, err.size(), () -> "lines on stderr: " + err);
    for (int i = 0; i < texts.length; i++) assertHolds(err.get(i), texts[i]);
    return this;
  }

  /// Exit code 2 and one line on stderr that says who speaks, what is wrong, and behind a semicolon what to do.
  ///
  /// @param texts that the line must hold: the place, the value, the option
  void refused(String... texts) {
    endedWith(2, texts);
  }

  /// Exit code 1 and one such line.
  void failed(String... texts) {
    endedWith(1, texts);
  }

  private void endedWith(int expected, String... texts) {
    assertEquals(expected, exitCode, () -> "exit code; stderr: " + err);
    assertEquals(1, err.size(), () -> "one line on stderr, not a stack or a summary: " + err);
    assertTrue(err.getFirst().matches("anyrate: \\S.*; \\S.*"), err::getFirst);
    for (String text : texts) assertHolds(err.getFirst(), text);
  }

  /// That some line of stdout holds a text.
  Outcome printed(String text) {
    assertTrue(out.stream().anyMatch(line -> line.contains(text)), () -> "'" + text + "' stands nowhere in " + out);
    return this;
  }

  /// That some line of stderr holds a text.
  Outcome warned(String text) {
    assertTrue(err.stream().anyMatch(line -> line.contains(text)), () -> "'" + text + "' stands nowhere in " + err);
    return this;
  }

  private static void assertHolds(String line, String text) {
    assertTrue(line.contains(text), () -> "'" + text + "' does not stand in: " + line);
  }
}
