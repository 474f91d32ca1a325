package dev.anyrate.engine.kernel.opencl;

/// There is no device, or none that fits the user's wish.
final class DeviceNotFound extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String remedy;

  DeviceNotFound(String reason, String remedy) {
    super("opencl: " + reason + "; " + remedy);
    this.reason = reason;
    this.remedy = remedy;
  }

  String reason() {
    return reason;
  }

  String remedy() {
    return remedy;
  }
}
