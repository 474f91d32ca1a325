package dev.anyrate.bench;

/// Flags of the JVMs that measure.
public final class Flags {
  /// The Vector API.
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /// Huge pages, as the launcher asks for them. A system without them ignores the flag.
  public static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  /// Native libraries, for jblas.
  public static final String NATIVES = "--enable-native-access=ALL-UNNAMED";

  /// No warning about how JMH looks into objects.
  public static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  /// No line in the middle of the table about the chosen backend, or that a benchmark leaves its operands to the end of the engine.
  public static final String NO_LOG = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error";

  /// The devices' own clocks, for [dev.anyrate.bench.report.DeviceProfiler]. No other backend looks at it.
  public static final String DEVICE_TIMES = "-Danyrate.opencl.times=true";

  private Flags() {}
}
