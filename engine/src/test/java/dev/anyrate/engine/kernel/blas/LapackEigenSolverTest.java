package dev.anyrate.engine.kernel.blas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.SymmetricEigenSolver;
import dev.anyrate.engine.kernel.SymmetricEigenSolver.Decomposition;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LapackEigenSolverTest {
  private final LapackEigenSolver solver = new LapackEigenSolver();

  @BeforeEach
  void needsTheNativeLibrary() {
    assumeTrue(solver.availability() instanceof Available, () -> "skipped: " + solver.availability());
  }

  @Test
  void findsWhatIsKnown() {
    Decomposition known = solver.solve(new double[][] {{2, 1}, {1, 2}});
    assertArrayEquals(new double[] {3, 1}, known.values(), 1e-14);
    assertEquals(known.vectors()[0][0], known.vectors()[0][1], 1e-14);
    assertEquals(known.vectors()[1][0], -known.vectors()[1][1], 1e-14);
  }

  @Test
  void everyVectorIsMappedToItsMultiple() {
    var random = new SplittableRandom(5);
    int size = 37;
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) matrix[i][j] = matrix[j][i] = random.nextDouble() - 0.5;
    }
    Decomposition found = solver.solve(matrix);
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        double image = 0;
        for (int j = 0; j < size; j++) image += matrix[i][j] * found.vectors()[k][j];
        assertEquals(found.values()[k] * found.vectors()[k][i], image, 1e-12);
      }
      if (k > 0) assertTrue(found.values()[k - 1] >= found.values()[k]);
    }
  }

  @Test
  void isFoundByItsService() {
    assertInstanceOf(LapackEigenSolver.class, SymmetricEigenSolver.found().getFirst());
  }
}
