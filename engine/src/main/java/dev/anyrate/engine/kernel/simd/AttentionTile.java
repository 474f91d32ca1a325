package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// A tile of scores, `[keys, columns]`: a row for each key, a column for each query, columns filled up to whole panels of a product.
/// What is done to it beside products, queries in the lanes.
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

  /// Raises the running maxima to those of the tile, writes how far, and subtracts them: maximum = max(maximum, column of the tile);
  /// rise = old maximum − new one; tile −= maximum.
  static void subtractMaxima(int keys, int columns, float[] tile, float[] maximum, float[] rise) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector before = load(maximum, c);
      FloatVector even = before;
      FloatVector odd = before;
      int end = keys * columns;
      int i = c;
      for (; i < end - columns; i += 2 * columns) {
        even = even.max(load(tile, i));
        odd = odd.max(load(tile, i + columns));
      }
      if (i < end) even = even.max(load(tile, i));
      FloatVector max = even.max(odd);
      for (i = c; i < end; i += columns) load(tile, i).sub(max).intoArray(tile, i);
      max.intoArray(maximum, c);
      before.sub(max).intoArray(rise, c);
    }
  }

  /// sum = sum·factor + column of the tile
  static void addColumns(int keys, int columns, float[] tile, float[] factor, float[] sum) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector total = load(sum, c).mul(load(factor, c));
      FloatVector other = FloatVector.zero(FLOATS);
      int end = keys * columns;
      int i = c;
      for (; i < end - columns; i += 2 * columns) {
        total = total.add(load(tile, i));
        other = other.add(load(tile, i + columns));
      }
      if (i < end) total = total.add(load(tile, i));
      total.add(other).intoArray(sum, c);
    }
  }

  /// tile −= one number for each column
  static void subtract(int keys, int columns, float[] tile, float[] number) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector v = load(number, c);
      for (int i = c; i < keys * columns; i += columns) load(tile, i).sub(v).intoArray(tile, i);
    }
  }

  /// dS = p·(dP − mean)·scale
  ///
  /// @param dP   Read, and overwritten by dS.
  /// @param mean one number for each column
  static void scoreGradient(int keys, int columns, float[] p, float[] dP, float[] mean, float scale) {
    for (int c = 0; c < columns; c += LANES) {
      FloatVector v = load(mean, c);
      for (int i = c; i < keys * columns; i += columns) {
        load(dP, i).sub(v).mul(scale).mul(load(p, i)).intoArray(dP, i);
      }
    }
  }
}
