package dev.anyrate.engine.kernel.opencl;

/// A device's compiler refused a program. The message has its first complaint, with the `.cl` file and the line; [#log()] has all of them.
final class ProgramBuildFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final String log;

  /// @param program  name of the program
  /// @param device   whose compiler it was
  /// @param log      what the compiler wrote
  /// @param causedBy what the driver answered
  ProgramBuildFailure(String program, String device, String log, Throwable causedBy) {
    super("the OpenCL program " + program + " does not compile on " + device + ": " + firstComplaint(log), causedBy);
    this.log = log;
  }

  private static String firstComplaint(String log) {
    return log.lines().filter(line -> line.contains("error")).findFirst()
        .orElse(log.isBlank() ? "the compiler says nothing" : log.strip().lines().findFirst().orElseThrow()).strip();
  }

  /// All that the compiler wrote.
  String log() {
    return log;
  }
}
