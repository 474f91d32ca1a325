package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// A tile of scores, `[keys, columns]`: a row for each key, a column for each query, columns filled up to whole panels of a product, rows at the distance
/// [PackedTile#distance]. What is done to it beside products, queries in the lanes.
final class AttentionTile {
  /// Queries of a tile, and keys: multiples of the rows and columns of [GemmTile] at any width.
  static final int QUERIES = 96;
  static final int KEYS = 48;

  private AttentionTile() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// Columns that a tile of so many queries has.
  static int columns(int queries) {
    return GemmPanels.count(queries) * COLUMNS;
  }

  /// Raises the running maxima to those of the tile and says how far: maximum = max(maximum, column of the tile), rise = max(old maximum −
  /// new one, [Exponential#LOWEST_POWER]). A score that is NaN stays so when the maximum is subtracted, whether it raised that or not.
  static void raiseMaxima(int keys, int columns, float[] tile, float[] maximum, float[] rise) {
    int row = PackedTile.distance(columns);
    for (int c = 0; c < columns; c += LANES) {
      FloatVector before = load(maximum, c);
      FloatVector even = before;
      FloatVector odd = before;
      int end = keys * row;
      int i = c;
      for (; i < end - row; i += 2 * row) {
        FloatVector u = load(tile, i);
        FloatVector v = load(tile, i + row);
        even = even.blend(u, u.compare(VectorOperators.GT, even)); // max() cares for NaN and −0, at twice the time
        odd = odd.blend(v, v.compare(VectorOperators.GT, odd));
      }
      if (i < end) even = even.max(load(tile, i));
      FloatVector max = even.max(odd);
      max.intoArray(maximum, c);
      FloatVector difference = before.sub(max);
      difference.blend(Exponential.LOWEST_POWER, difference.compare(VectorOperators.LT, Exponential.LOWEST_POWER)).intoArray(rise,
          c);
    }
  }

  /// sum = sum·factor + column of the tile
  static void addColumns(int keys, int columns, float[] tile, float[] factor, float[] sum) {
    int row = PackedTile.distance(columns);
    for (int c = 0; c < columns; c += LANES) {
      FloatVector total = load(sum, c).mul(load(factor, c));
      FloatVector other = FloatVector.zero(FLOATS);
      int end = keys * row;
      int i = c;
      for (; i < end - row; i += 2 * row) {
        total = total.add(load(tile, i));
        other = other.add(load(tile, i + row));
      }
      if (i < end) total = total.add(load(tile, i));
      total.add(other).intoArray(sum, c);
    }
  }

  /// dS = p·dS
  static void product(int keys, int columns, float[] p, float[] dS) {
    int row = PackedTile.distance(columns);
    for (int c = 0; c < columns; c += LANES) {
      int end = keys * row;
      for (int i = c; i < end; i += row) load(dS, i).mul(load(p, i)).intoArray(dS, i);
    }
  }
}
