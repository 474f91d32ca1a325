package dev.anyrate.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One call of the command line, in this JVM, with what it printed.
///
/// @param exitCode 0 success, 1 failure of the work, 2 wrong usage or bad input
/// @param out      what it printed
/// @param errors   lines on stderr
public record CommandRun(int exitCode, String out, List<String> errors) {
  /// Runs `anyrate` with these arguments.
  public static CommandRun of(Object... arguments) {
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
      int exitCode = Main.run(words);
      return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8).lines().toList());
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }
}
