package dev.anyrate.demo.command;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.opencl.OpenClProvider;
import picocli.CommandLine.Option;

/// Options of every command that computes.
final class EngineArguments {
  private static final String OPENCL = "opencl";

  @Option(names = "--backend", paramLabel = "NAME", description = "auto, simd, opencl, blas or scalar (default: ${DEFAULT-VALUE})", defaultValue = "${sys:anyrate.backend:-auto}")
  private String backend;

  @Option(names = "--device", paramLabel = "DEVICE", description = "of the backend opencl: its number in 'anyrate doctor', or a part of its name (default: a GPU if there is one)")
  private String device;

  @Option(names = "--threads", paramLabel = "N", description = "threads of the kernels; results do not depend on it (default: all cores)")
  private Integer threads;

  @Option(names = "--verbose", description = "say more, and show the stack of a failure")
  private boolean verbose;

  boolean verbose() {
    return verbose;
  }

  EngineOptions options() {
    if (device != null) System.setProperty(OpenClProvider.DEVICE_PROPERTY, device); // the backend's own option, so not the engine's
    if (verbose) System.setProperty(OpenClProvider.TIMES_PROPERTY, "true");
    EngineOptions options = EngineOptions.defaults().withBackend(backend);
    return threads == null ? options : options.withThreads(threads);
  }

  /// Opens the engine, and says why a better backend is not used if one is missing.
  Engine open() {
    if (device != null && !backend.equals(OPENCL)) {
      throw new IllegalArgumentException(
          "--device " + device + ": only the backend opencl has devices; add --backend opencl, or leave it out");
    }
    Engine engine = Engine.open(options());
    String line = engine.report().line();
    if (verbose || line.contains("not used")) System.err.println("anyrate: " + line);
    return engine;
  }
}
