package dev.anyrate.engine.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The only place where a backend is chosen.
public final class Backends {
  /// The name that leaves the choice to this class.
  public static final String AUTOMATIC = "auto";

  /// A provider, and the report that says why it was chosen.
  ///
  /// @param provider of the chosen backend
  /// @param report   of all candidates
  public record Choice(KernelProvider provider, BackendReport report) {}

  private Backends() {}

  /// Every backend on the class path, best first.
  public static List<KernelProvider> found() {
    var providers = new ArrayList<KernelProvider>();
    ServiceLoader.load(KernelProvider.class, Backends.class.getClassLoader()).forEach(providers::add);
    providers.sort(Comparator.comparingInt(KernelProvider::rank).reversed().thenComparing(KernelProvider::name));
    return providers;
  }

  /// Every backend on the class path and whether it can be used here, best first. Probing loads native libraries: for diagnosis.
  public static List<BackendReport.Candidate> candidates() {
    return found().stream().map(Backends::probe).toList();
  }

  /// Chooses by name, or the best that works here. Probes no more backends than it must.
  ///
  /// @param name of a backend, or [#AUTOMATIC]
  /// @throws BackendUnavailable if a backend was named and cannot be used: an explicit wish never falls back
  public static Choice choose(String name) {
    boolean automatic = name.equals(AUTOMATIC);
    var probed = new ArrayList<BackendReport.Candidate>();
    for (KernelProvider provider : found()) {
      if (automatic ? provider.rank() < 0 : !provider.name().equals(name)) continue;
      BackendReport.Candidate candidate = probe(provider);
      probed.add(candidate);
      switch (candidate.availability()) {
        case KernelProvider.Available(String detail) -> {
          return new Choice(provider, new BackendReport(provider.name(), detail, probed));
        }
        case KernelProvider.Unavailable(String reason, String remedy) when !automatic ->
          throw new BackendUnavailable("backend " + name + " cannot be used: " + reason + "; " + remedy);
        case KernelProvider.Unavailable _ -> {
        }
      }
    }
    throw new BackendUnavailable("backend " + name + " does not exist; choose one of "
        + found().stream().map(KernelProvider::name).collect(Collectors.joining(", ", AUTOMATIC + ", ", "")));
  }

  private static BackendReport.Candidate probe(KernelProvider provider) {
    return new BackendReport.Candidate(provider.name(), provider.availability());
  }
}
