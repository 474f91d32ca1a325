package dev.anyrate.engine.kernel;

/// A device that worked does not do so any more: its driver refuses a command, or says that one failed. The message names the command, and what to do.
public final class DeviceFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  /// @param cause   what the driver answered
  public DeviceFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
