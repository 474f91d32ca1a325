package dev.anyrate.engine.kernel.blas;

import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.scalar.ScalarMatmul;
import dev.anyrate.engine.kernel.scalar.ScalarProvider;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;

/// Opens the reference backend with matrix products by jblas. Mentions no class of jblas, so that it loads without that jar.
public final class BlasProvider implements KernelProvider {
  /// For `ServiceLoader`.
  public BlasProvider() {}

  @Override
  public String name() {
    return "blas";
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public Availability availability() {
    try {
      return BlasProbe.RESULT;
    } catch (NoClassDefFoundError _) {
      return new Unavailable("jblas is not on the class path", "add the dependency org.jblas:jblas:1.2.5");
    }
  }

  @Override
  public Kernels open(Workers workers, MemoryPolicy policy) {
    return new ScalarProvider().open(workers, policy).withMatmul(name(), new BlasMatmul(new ScalarMatmul(workers)));
  }
}
