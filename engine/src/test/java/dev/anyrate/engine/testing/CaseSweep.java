package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.ArrayList;
import java.util.List;

/// A program that runs every case on one backend, forward and backward, without a test framework around it: to be run under a tool that watches the process, such as
/// oclgrind. `CaseSweep opencl [part of a name]`
public final class CaseSweep {
  private CaseSweep() {}

  /// @param arguments name of the backend, and a part of the names of the cases to run
  public static void main(String... arguments) {
    String part = arguments.length > 1 ? arguments[1] : "";
    List<String> failures = new ArrayList<>();
    int run = 0;
    try (var workers = new Workers(1);
        Kernels kernels = Backends.choose(arguments[0]).provider().open(workers, MemoryPolicy.POOLED)) {
      for (OpCase opCase : OpCases.all()) {
        if (!opCase.name().contains(part)) continue;
        run++;
        attempt(opCase.name(), failures, () -> check(opCase, new RecordedKernels(kernels).kernels()));
      }
      for (KernelCase kernelCase : KernelCases.all()) {
        if (!kernelCase.name().contains(part)) continue;
        run++;
        attempt(kernelCase.name(), failures, () -> kernelCase.check().accept(new RecordedKernels(kernels).kernels()));
      }
    }
    failures.forEach(System.out::println);
    System.out.println(run + " cases, " + failures.size() + " failures");
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  private static void check(OpCase opCase, Kernels kernels) {
    try (var running = new RunningCase(opCase, kernels)) {
      Compare.assertClose(opCase.name(), RunningCase.reference(opCase), running.output(), opCase.tolerance());
      new GradientCheck(opCase).check(running.gradients());
    }
  }

  private static void attempt(String name, List<String> failures, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      failures.add("FAILED " + name + ": " + e);
    }
  }
}
