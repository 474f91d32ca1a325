package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static dev.anyrate.engine.kernel.simd.SimilarityMatrix.BLOCK;
import static dev.anyrate.engine.kernel.simd.SimilarityMatrix.STRIDE;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// Forward pass of NT-Xent: for each row the sum of its exponentials, without the row itself, from the tiles of one triangle.
///
/// A row's partner is kept apart from the others: where it dominates, as at the end of training, the term of the loss is
/// ln(1 + others/partner), which has all its digits.
final class NtXentSums {
  private static final int LANE_SUMS = 0;
  private static final int COLUMN_SUMS = 1;

  private final Workers workers;
  private final SimilarityMatrix matrix;
  private final Scratch scratch = new Scratch("nt-xent", 2);
  private final Workers.Part diagonal = this::diagonal;
  private final Workers.Part pair = this::pair;
  private final Workers.Part wholeRows = this::wholeRows;
  private final Workers.Part finish = this::finish;

  private RoundRobin schedule = new RoundRobin(1);
  private int round;
  private HeapStorage logSum;
  private double[] partner = {}; // s of each row's partner
  private double[] max = {}; // what was subtracted from the s of each row's others
  private double[] others = {}; // Σ e^(s − max) over them
  private double[] terms = {}; // logSum − s of the partner

  NtXentSums(Workers workers, SimilarityMatrix matrix) {
    this.workers = workers;
    this.matrix = matrix;
  }

  /// @param logSum overwritten
  /// @param loss   overwritten
  void compute(HeapStorage logSum, HeapStorage loss) {
    this.logSum = logSum;
    int rows = matrix.rows();
    reserve(rows);
    if (matrix.bounded()) {
      Arrays.fill(max, 0, rows, matrix.largest());
      workers.run(matrix.blocks(), diagonal);
      if (schedule.blocks() != matrix.blocks()) schedule = new RoundRobin(matrix.blocks());
      for (round = 0; round < schedule.rounds(); round++) workers.run(schedule.pairs(), pair);
    } else {
      workers.run(matrix.blocks(), wholeRows);
    }
    workers.run(matrix.blocks(), finish);
    double sum = 0;
    for (int i = 0; i < rows; i++) sum += terms[i];
    loss.array()[loss.offset()] = (float) (sum / rows);
  }

  private void reserve(int rows) {
    if (others.length >= rows) return;
    partner = new double[rows];
    max = new double[rows];
    others = new double[rows];
    terms = new double[rows];
  }

  /// The tile of a block with itself serves its rows only.
  private void diagonal(int block) {
    float[] tile = matrix.tile(block, block);
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    int start = matrix.start(block);
    int size = matrix.size(block);
    for (int r = 0; r < size; r++) {
      exponentials(start + r, block, tile, r * STRIDE);
      others[start + r] = RowLoops.sum(size, tile, r * STRIDE, lanes);
    }
  }

  /// The tile of two blocks serves the rows of the one and, as s is symmetric, of the other.
  private void pair(int index) {
    int rowBlock = schedule.first(round, index);
    int columnBlock = schedule.second(round, index);
    if (columnBlock == schedule.blocks()) return;
    float[] tile = matrix.tile(rowBlock, columnBlock);
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    float[] columnSums = scratch.floats(COLUMN_SUMS, BLOCK);
    Arrays.fill(columnSums, 0, BLOCK, 0);
    int start = matrix.start(rowBlock);
    int width = matrix.size(columnBlock);
    for (int r = 0; r < matrix.size(rowBlock); r++) {
      exponentials(start + r, columnBlock, tile, r * STRIDE);
      others[start + r] += RowLoops.sum(width, tile, r * STRIDE, lanes);
      ArrayLoops.addScaled(width, 1, tile, r * STRIDE, columnSums, 0);
    }
    int columnStart = matrix.start(columnBlock);
    for (int c = 0; c < width; c++) others[columnStart + c] += columnSums[c];
  }

  /// At temperatures so low that no one number can be subtracted from all s: a block of rows over all columns, with the maximum so far
  /// of each row. A tile then serves only its rows, since its columns have other maxima.
  private void wholeRows(int rowBlock) {
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    int start = matrix.start(rowBlock);
    int size = matrix.size(rowBlock);
    Arrays.fill(max, start, start + size, Double.NEGATIVE_INFINITY);
    Arrays.fill(others, start, start + size, 0);
    for (int columnBlock = 0; columnBlock < matrix.blocks(); columnBlock++) {
      float[] tile = matrix.tile(rowBlock, columnBlock);
      int width = matrix.size(columnBlock);
      for (int r = 0; r < size; r++) {
        int row = start + r;
        notePartner(row, columnBlock, tile, r * STRIDE);
        leaveOut(row, columnBlock, tile, r * STRIDE, Float.NEGATIVE_INFINITY);
        double largest = (double) RowLoops.max(width, tile, r * STRIDE) * matrix.factor();
        if (largest == Double.NEGATIVE_INFINITY) continue; // nothing but the row itself and its partner
        if (largest > max[row]) {
          others[row] *= Math.exp(max[row] - largest);
          max[row] = largest;
        }
        Exponential.apply(width, matrix.factor(), (float) -max[row], tile, r * STRIDE, tile, r * STRIDE);
        others[row] += RowLoops.sum(width, tile, r * STRIDE, lanes);
      }
    }
  }

  /// One row of a tile becomes e^(s − largest), and 0 for the row itself and its partner.
  private void exponentials(int row, int columnBlock, float[] tile, int row0) {
    if (notePartner(row, columnBlock, tile, row0)) partner[matrix.partner(row)] = partner[row];
    matrix.exponentials(columnBlock, tile, row0);
    leaveOut(row, columnBlock, tile, row0, 0);
  }

  /// Keeps the s of a row's partner.
  ///
  /// @return whether it is in this tile
  private boolean notePartner(int row, int columnBlock, float[] tile, int row0) {
    int other = matrix.partner(row) - matrix.start(columnBlock);
    if (other < 0 || other >= matrix.size(columnBlock)) return false;
    partner[row] = (double) tile[row0 + other] * matrix.factor();
    return true;
  }

  private void leaveOut(int row, int columnBlock, float[] tile, int row0, float value) {
    int first = matrix.start(columnBlock);
    int width = matrix.size(columnBlock);
    int own = row - first;
    if (own >= 0 && own < width) tile[row0 + own] = value;
    int other = matrix.partner(row) - first;
    if (other >= 0 && other < width) tile[row0 + other] = value;
  }

  private void finish(int block) {
    int start = matrix.start(block);
    for (int i = start; i < start + matrix.size(block); i++) {
      terms[i] = term(partner[i], max[i], others[i]);
      logSum.array()[logSum.offset() + i] = (float) (partner[i] + terms[i]);
    }
  }

  /// ln( e^partner + others·e^max ) − partner
  private static double term(double partner, double max, double others) {
    if (others == 0) return 0;
    return partner >= max
        ? Math.log1p(others * Math.exp(max - partner))
        : max - partner + Math.log(others + Math.exp(partner - max));
  }
}
