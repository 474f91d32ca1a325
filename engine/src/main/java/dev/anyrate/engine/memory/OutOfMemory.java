package dev.anyrate.engine.memory;

/// A device has no memory left. The message says how much was wanted, how much there is, and what to do.
public final class OutOfMemory extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  /// @param cause   what the driver answered; may be null
  public OutOfMemory(String message, Throwable cause) {
    super(message, cause);
  }
}
