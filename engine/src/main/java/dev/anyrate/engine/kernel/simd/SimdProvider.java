package dev.anyrate.engine.kernel.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.anyrate.engine.kernel.ComposedLinear;
import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.heap.HeapKernels;
import dev.anyrate.engine.kernel.heap.HeapTransfer;
import dev.anyrate.engine.kernel.scalar.ScalarDropout;
import dev.anyrate.engine.kernel.scalar.ScalarLayout;
import dev.anyrate.engine.kernel.scalar.ScalarLoss;
import dev.anyrate.engine.kernel.scalar.ScalarMatmul;
import dev.anyrate.engine.kernel.scalar.ScalarNorm;
import dev.anyrate.engine.kernel.scalar.ScalarPooling;
import dev.anyrate.engine.kernel.scalar.ScalarPosition;
import dev.anyrate.engine.kernel.scalar.ScalarReduction;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import java.lang.management.ManagementFactory;

/// Opens the backend of the Vector API. This class mentions no class of that API, so that it loads where the module is missing.
///
/// The vectors are fast only where the C2 compiler of HotSpot turns them into instructions. Anywhere else they are objects, a
/// hundred to a thousand times slower than plain loops; so every way in which C2 can be missing is checked, and named.
public final class SimdProvider implements KernelProvider {
  /// System property that sets the width of vectors in bits, 128, 256 or 512, for tests and comparisons.
  public static final String BITS_PROPERTY = "anyrate.simd.bits";

  private static final String MODULE = "jdk.incubator.vector";
  private static final int HIGHEST_TIER = 4;

  /// For `ServiceLoader`.
  public SimdProvider() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Availability availability() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new Unavailable("the module " + MODULE + " is not loaded", "add --add-modules " + MODULE + " to the java command");
    }
    HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return new Unavailable("this JVM, " + System.getProperty("java.vm.name") + ", is not HotSpot",
          "run an OpenJDK 25 such as Eclipse Temurin");
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted")) {
      return new Unavailable("the JVM only interprets", "remove -Xint from the java command");
    }
    if (Integer.parseInt(option(hotSpot, "TieredStopAtLevel", "4")) < HIGHEST_TIER) {
      return new Unavailable("the C2 compiler is switched off", "remove -XX:TieredStopAtLevel from the java command");
    }
    if (Boolean.parseBoolean(option(hotSpot, "UseJVMCICompiler", "false"))) {
      return new Unavailable("another compiler stands in for C2",
          "remove -XX:+UseJVMCICompiler from the java command, or run an OpenJDK 25"
              + " such as Eclipse Temurin");
    }
    if (!Boolean.parseBoolean(option(hotSpot, "UseFMA", "true"))) {
      return new Unavailable("fused multiply-add is missing or switched off",
          "remove -XX:-UseFMA from the java command; a processor without it needs the backend scalar or blas");
    }
    return SimdProbe.run();
  }

  private static String option(HotSpotDiagnosticMXBean hotSpot, String name, String ifMissing) {
    try {
      return hotSpot.getVMOption(name).getValue();
    } catch (IllegalArgumentException _) { // builds without that compiler do not know its options
      return ifMissing;
    }
  }

  @Override
  public HeapKernels open(Workers workers, MemoryPolicy policy) {
    var matmul = new SimdMatmul(workers, new ScalarMatmul(workers));
    var elementwise = new SimdElementwise(workers);
    var reduction = new SimdReduction(workers, new ScalarReduction(workers));
    return new HeapKernels(name(), new HeapMemory(policy), new HeapTransfer(),
        elementwise,
        reduction,
        new SimdLayout(workers, new ScalarLayout(workers)),
        matmul,
        new SimdLinear(workers, new ComposedLinear(matmul, elementwise, reduction)),
        new SimdConvolution(workers),
        new SimdNorm(workers, new ScalarNorm(workers)),
        new SimdPooling(workers, new ScalarPooling(workers)),
        new SimdSoftmax(workers),
        new SimdAttention(workers),
        new SimdPosition(workers, new ScalarPosition(workers)),
        new ScalarDropout(workers),
        new SimdSimilarity(workers),
        new SimdBfloat16(workers),
        new SimdLoss(workers, new ScalarLoss(workers)),
        new SimdOptimizer(workers));
  }
}
