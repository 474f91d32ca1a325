package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import java.util.List;

/// Opens one backend. Found by `ServiceLoader`; its class must load where the backend's own library is missing.
public interface KernelProvider {
  /// Whether a backend can be used here.
  sealed interface Availability {}

  /// It can.
  ///
  /// @param detail what it uses, such as `512 bit, FMA`
  record Available(String detail) implements Availability {}

  /// It cannot.
  ///
  /// @param reason what is missing
  /// @param remedy what the user can do about it
  record Unavailable(String reason, String remedy) implements Availability {}

  /// Name, as `--backend` takes it.
  String name();

  /// Place in the automatic choice: the available backend with the highest rank is taken; a negative rank is never taken by itself.
  int rank();

  /// Probes the backend with a small computation where that is the only way to know.
  Availability availability();

  /// Lines that help a user to choose and to find faults, such as the devices with their limits. None by default.
  default List<String> diagnosis() {
    return List.of();
  }

  /// @param workers threads to run on; not closed by the kernels
  /// @param policy  of the buffers
  /// @return all kernels of the backend
  Kernels open(Workers workers, MemoryPolicy policy);
}
