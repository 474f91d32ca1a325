package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A program that runs every case on one backend, forward and backward, without a test framework around it: to be run under a tool that watches the process, such as
/// oclgrind. It says each case's time, so a slow one is seen. `CaseSweep opencl [part of a name [1/4]]`
public final class CaseSweep {
  private static final double NANOSECONDS = 1e9;

  private final List<String> failures = new ArrayList<>();
  private final String part;
  private final int first;
  private final int step;
  private int seen;
  private int run;

  private CaseSweep(String part, String slice) {
    this.part = part;
    this.first = Integer.parseInt(slice.split("/")[0]) - 1;
    this.step = Integer.parseInt(slice.split("/")[1]);
  }

  /// @param arguments name of the backend, a part of the names of the cases to run, and which of how many equal shares of these, so that several processes divide the work
  public static void main(String... arguments) {
    var sweep = new CaseSweep(arguments.length > 1 ? arguments[1] : "", arguments.length > 2 ? arguments[2] : "1/1");
    try (var workers = new Workers(1);
        Kernels kernels = Backends.choose(arguments[0]).provider().open(workers, MemoryPolicy.POOLED)) {
      for (OpCase opCase : OpCases.all()) {
        sweep.attempt(opCase.name(), () -> check(opCase, new RecordedKernels(kernels).kernels()));
      }
      for (KernelCase kernelCase : KernelCases.all()) {
        sweep.attempt(kernelCase.name(), () -> kernelCase.check().accept(new RecordedKernels(kernels).kernels()));
      }
    }
    sweep.failures.forEach(System.out::println);
    System.out.println(sweep.run + " cases, " + sweep.failures.size() + " failures");
    System.exit(sweep.failures.isEmpty() ? 0 : 1);
  }

  private static void check(OpCase opCase, Kernels kernels) {
    try (var running = new RunningCase(opCase, kernels)) {
      Compare.assertClose(opCase.name(), RunningCase.reference(opCase), running.output(), opCase.tolerance());
      new GradientCheck(opCase).check(running.gradients());
    }
  }

  private void attempt(String name, Runnable check) {
    if (!name.contains(part) || seen++ % step != first) return;
    run++;
    long begin = System.nanoTime();
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      failures.add("FAILED " + name + ": " + e);
    }
    System.out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - begin) / NANOSECONDS, name);
  }
}
