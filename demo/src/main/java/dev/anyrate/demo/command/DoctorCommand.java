package dev.anyrate.demo.command;

import dev.anyrate.augment.series.Count;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BackendReport;
import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.SymmetricEigenSolver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `anyrate doctor`: what is active here, why, and what to change.
@Command(name = "doctor", description = "Prints the JVM, the backends, which one is active and why, and what to change.")
public final class DoctorCommand implements Callable<Integer> {
  @Mixin
  private EngineArguments engineArguments;

  DoctorCommand() {}

  @Override
  public Integer call() {
    try (Engine engine = Engine.open(engineArguments.options())) { // before the first line: of a wrong option nothing but the complaint is said
      tellOfMachine();
      for (KernelProvider provider : Backends.found()) {
        var candidate = new BackendReport.Candidate(provider.name(), provider.availability());
        String mark = candidate.name().equals(engine.report().chosen()) ? "active" : "";
        switch (candidate.availability()) {
          case Available(String detail) -> System.out.printf("%-9s available  %-6s  %s%n", candidate.name(), mark, detail);
          case Unavailable(String reason, String remedy) -> {
            System.out.printf("%-9s missing    %-6s  %s%n", candidate.name(), mark, reason);
            System.out.printf("%-9s to change: %s%n", "", remedy);
          }
        }
        provider.diagnosis().forEach(line -> System.out.printf("%-9s %s%n", "", line));
      }
      SymmetricEigenSolver.found().forEach(DoctorCommand::tellOfPictures);
      System.out.printf("threads   %d%n", engineArguments.options().threads());
    }
    return 0;
  }

  private static void tellOfMachine() {
    Runtime runtime = Runtime.getRuntime();
    System.out.printf("java      %s, %s %s%n", Runtime.version(), System.getProperty("java.vm.name"),
        System.getProperty("java.home"));
    System.out.printf("machine   %s %s, %s, heap up to %d MiB%n", System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Count.of(runtime.availableProcessors(), "processor"), runtime.maxMemory() >> 20);
  }

  /// Maps of embeddings look the same either way, so nobody is told but here.
  private static void tellOfPictures(SymmetricEigenSolver solver) {
    switch (solver.availability()) {
      case Available(String _) -> System.out.printf("%-9s principal components by %s%n", "maps", solver.name());
      case Unavailable(String reason, String remedy) ->
        System.out.printf("%-9s principal components in plain Java, the same to the eye; %s is missing: %s%n%-9s to change: %s%n",
            "maps",
            solver.name(), reason, "", remedy);
    }
  }
}
