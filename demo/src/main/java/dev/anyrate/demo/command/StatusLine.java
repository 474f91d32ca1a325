package dev.anyrate.demo.command;

import java.io.PrintStream;

/// The last line of a terminal, redrawn in place, and the lines above it. Where the output is no terminal, only those others are printed.
final class StatusLine {
  /// To the first column, and erase the line: every terminal that Java runs on knows these since the VT100.
  private static final String ERASE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private boolean shown;

  StatusLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Shows a text of under 80 characters in place of the last one.
  void show(String text) {
    if (!terminal) return;
    out.print(ERASE + text);
    out.flush();
    shown = true;
  }

  /// Prints a line that stays.
  void print(String line) {
    erase();
    out.println(line);
  }

  /// Leaves an empty line, so that something else can be printed there.
  void erase() {
    if (shown) out.print(ERASE);
    out.flush();
    shown = false;
  }
}
