package dev.anyrate.engine.kernel.blas;

import dev.anyrate.engine.kernel.KernelProvider.Availability;
import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import java.util.Arrays;
import org.jblas.util.LibraryLoader;
import org.jblas.util.Logger;

/// Finds out whether jblas works here. It loads its native library with the first product, so a product is the only way to know.
final class BlasProbe {
  /// Kept, because each try unpacks 27 MB.
  static final Availability RESULT = probe();

  private BlasProbe() {}

  private static Availability probe() {
    Logger.getLogger().setLevel(Logger.ERROR + 1); // else it writes to System.err, even while the program ends
    float[] product = new float[4];
    try {
      BlasMatmul.product(false, false, 2, 2, 2, new float[] {1, 2, 3, 4}, 0, new float[] {5, 6, 7, 8}, 0, product, 0);
    } catch (LinkageError error) {
      return notLoaded(loadingError(error));
    }
    if (!Arrays.equals(product, new float[] {19, 22, 43, 50})) {
      return new Unavailable("jblas multiplies wrongly, [[1, 2], [3, 4]]·[[5, 6], [7, 8]] gave " + Arrays.toString(product),
          "use the backend simd or scalar");
    }
    return new Available("jblas for large matrix products, else as scalar");
  }

  /// What went wrong when the native library was loaded. jblas keeps that to itself, and fails later for want of a method.
  private static String loadingError(LinkageError laterError) {
    Throwable root = laterError;
    try {
      new LibraryLoader().loadLibrary("jblas", true);
    } catch (LinkageError error) {
      root = error;
    }
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage());
  }

  /// @param message of the failed load, such as `/tmp/jblas1/libjblas.so: libgfortran.so.5: cannot open shared object file`
  static Unavailable notLoaded(String message) {
    if (message.contains("libgfortran.so.5")) {
      return new Unavailable("the native library of jblas needs libgfortran.so.5, which is not installed",
          "install it (Debian and Ubuntu: apt install libgfortran5; Fedora: dnf install libgfortran)");
    }
    return new Unavailable("the native library of jblas does not load: " + message.strip().replaceAll("\\s+", " "),
        "see that files in java.io.tmpdir (" + System.getProperty("java.io.tmpdir") + ") may be written and executed, or use the"
            + " backend simd or scalar");
  }
}
