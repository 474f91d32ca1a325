package dev.anyrate.engine.kernel;

/// A backend was asked for by name and cannot be used. The message says why, and what to do.
public final class BackendUnavailable extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  public BackendUnavailable(String message) {
    super(message);
  }
}
