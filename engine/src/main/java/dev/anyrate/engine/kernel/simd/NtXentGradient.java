package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static dev.anyrate.engine.kernel.simd.SimilarityMatrix.BLOCK;
import static dev.anyrate.engine.kernel.simd.SimilarityMatrix.STRIDE;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;

/// Backward pass of NT-Xent: each tile of one triangle, computed again, becomes the weights
/// w_ij = p_ij + p_ji (less 2 for partners, 0 on the diagonal), and as w is symmetric it serves both `dZ_i += w_ij·z_j` and `dZ_j += w_ij·z_i`.
final class NtXentGradient {
  private static final int RECIPROCALS = 0;
  private static final int SECOND_ROW = 1;
  private static final int LANE_SUMS = 2;

  private final Workers workers;
  private final SimilarityMatrix matrix;
  private final Scratch scratch = new Scratch("nt-xent", 3);
  private final Workers.Part diagonal = this::diagonal;
  private final Workers.Part pair = this::pair;
  private final Workers.Part finish = this::finish;

  private RoundRobin schedule = new RoundRobin(1);
  private int round;
  private HeapStorage logSum;
  private HeapStorage dX; // holds dZ until all its shares are there
  private float[] reciprocals; // e^(largest − logSum): with it p_ij = e^(s_ij − largest)·reciprocal_i
  private float epsilon;
  private float factor;

  NtXentGradient(Workers workers, SimilarityMatrix matrix) {
    this.workers = workers;
    this.matrix = matrix;
  }

  /// @param epsilon least norm
  /// @param logSum  result of [NtXentSums]
  /// @param dX      overwritten
  void compute(float epsilon, HeapStorage logSum, HeapStorage dLoss, HeapStorage dX) {
    this.epsilon = epsilon;
    this.logSum = logSum;
    this.dX = dX;
    factor = (float) ((double) dLoss.array()[dLoss.offset()] * matrix.factor() / matrix.rows());
    if (matrix.bounded()) {
      reciprocals = scratch.floats(RECIPROCALS, matrix.rows());
      // One number a row: so few that vectors would stay objects for thousands of steps, until the compiler takes notice.
      for (int i = 0; i < matrix.rows(); i++) {
        reciprocals[i] = (float) Math.exp(matrix.largest() - logSum.array()[logSum.offset() + i]);
      }
    }
    workers.run(matrix.blocks(), diagonal);
    if (schedule.blocks() != matrix.blocks()) schedule = new RoundRobin(matrix.blocks());
    for (round = 0; round < schedule.rounds(); round++) workers.run(schedule.pairs(), pair);
    workers.run(matrix.blocks(), finish);
  }

  private void diagonal(int block) {
    float[] tile = weights(block, block);
    matrix.weightedRows(block, block, tile, dX, false);
  }

  private void pair(int index) {
    int rowBlock = schedule.first(round, index);
    int columnBlock = schedule.second(round, index);
    if (columnBlock == schedule.blocks()) return;
    float[] tile = weights(rowBlock, columnBlock);
    matrix.weightedRows(rowBlock, columnBlock, tile, dX, true);
    matrix.addWeightedColumns(rowBlock, columnBlock, tile, dX);
  }

  private void finish(int block) {
    matrix.throughNorm(block, epsilon, factor, scratch.floats(LANE_SUMS, LANES), dX);
  }

  private float[] weights(int rowBlock, int columnBlock) {
    float[] tile = matrix.tile(rowBlock, columnBlock);
    int start = matrix.start(rowBlock);
    int first = matrix.start(columnBlock);
    int width = matrix.size(columnBlock);
    for (int r = 0; r < matrix.size(rowBlock); r++) {
      int row0 = r * STRIDE;
      if (matrix.bounded()) probabilities(start + r, columnBlock, tile, row0);
      else
        probabilitiesFromTwo(start + r, first, width, tile, row0);
      int own = start + r - first;
      if (own >= 0 && own < width) tile[row0 + own] = 0;
      int partner = matrix.partner(start + r) - first;
      if (partner >= 0 && partner < width) tile[row0 + partner] -= 2;
    }
    return tile;
  }

  /// One row of products becomes p_ij + p_ji = e^(s − largest)·(reciprocal_i + reciprocal_j).
  private void probabilities(int row, int columnBlock, float[] tile, int row0) {
    matrix.exponentials(columnBlock, tile, row0);
    int first = matrix.start(columnBlock);
    int width = matrix.size(columnBlock);
    float own = reciprocals[row];
    int c = 0;
    for (; c <= width - LANES; c += LANES) {
      FloatVector both = FloatVector.fromArray(FLOATS, reciprocals, first + c).add(own);
      FloatVector.fromArray(FLOATS, tile, row0 + c).mul(both).intoArray(tile, row0 + c);
    }
    for (; c < width; c++) tile[row0 + c] *= reciprocals[first + c] + own;
  }

  /// The same where no one number can be subtracted from all s: e^(s − logSum_i) + e^(s − logSum_j).
  private void probabilitiesFromTwo(int row, int first, int width, float[] tile, int row0) {
    float[] second = scratch.floats(SECOND_ROW, BLOCK);
    float[] logSums = logSum.array();
    ArrayLoops.weightedSum(width, matrix.factor(), tile, row0, -1, logSums, logSum.offset() + first, second, 0);
    Exponential.apply(width, 1, second, 0, second, 0);
    Exponential.apply(width, matrix.factor(), -logSums[logSum.offset() + row], tile, row0, tile, row0);
    ArrayLoops.addScaled(width, 1, second, 0, tile, row0);
  }
}
