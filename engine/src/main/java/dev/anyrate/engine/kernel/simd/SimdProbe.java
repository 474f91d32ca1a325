package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.KernelProvider.Availability;
import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import java.util.Arrays;
import jdk.incubator.vector.VectorShape;

/// Finds out whether vectors of the wanted width exist here, and whether they multiply.
final class SimdProbe {
  private static final int LEAST_BITS = 128;
  private static final int MOST_BITS = 512;
  private static final String REMEDY = "use the backend scalar or blas";

  private SimdProbe() {}

  static Availability run() {
    int widest = VectorShape.preferredShape().vectorBitSize();
    if (widest < LEAST_BITS) return new Unavailable("vectors of this machine have " + widest + " bit; 128 are needed", REMEDY);
    String wanted = System.getProperty(SimdProvider.BITS_PROPERTY);
    if (wanted != null && !wanted.matches("128|256|512")) {
      return new Unavailable("-D" + SimdProvider.BITS_PROPERTY + "=" + wanted + " is no width of vectors",
          "give 128, 256 or 512");
    }
    if (wanted != null && Integer.parseInt(wanted) > widest) {
      return new Unavailable(
          "-D" + SimdProvider.BITS_PROPERTY + "=" + wanted + " is wider than this machine's vectors of " + widest + " bit",
          "give at most " + Math.min(widest, MOST_BITS));
    }
    float[] product = new float[4];
    float[] panels = new float[(int) GemmPanels.size(2, 2)];
    GemmPanels.pack(2, 2, new float[] {5, 6, 7, 8}, 0, 2, 1, panels, 0);
    GemmBlock.ofThread().left(new float[] {1, 2, 3, 4}, 0, 2, 1).right(panels, 0, 2).result(product, 0, 2).multiply(2, 2, 2);
    if (!Arrays.equals(product, new float[] {19, 22, 43, 50})) {
      return new Unavailable("vectors multiply wrongly, [[1, 2], [3, 4]]·[[5, 6], [7, 8]] gave " + Arrays.toString(product),
          REMEDY);
    }
    return new Available(SimdSpecies.FLOATS.vectorBitSize() + " bit, FMA");
  }
}
