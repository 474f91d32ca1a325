package dev.anyrate.model.train;

/// Training ended early because going on is pointless. The message names the likely cause and what to change; the last good training state stays.
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  public TrainingStopped(String message) {
    super(message);
  }
}
