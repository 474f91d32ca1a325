package dev.anyrate.demo.command;

/// What the user should know although the work goes on.
final class Warning {
  private Warning() {}

  /// @param message one line with its remedy, on stderr
  static void say(String message) {
    System.err.println("anyrate: warning: " + message);
  }
}
