package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.opencl.DeviceDescription.Type;

/// Sizes that are chosen for a device, from its own limits. The kernels are compiled with them.
///
/// @param group        work-items of a group, a power of two
/// @param tileRows     rows of a matrix product that one group computes
/// @param tileColumns  columns of it; the right operand is packed in panels of this width
/// @param tileItems    work-items that share a tile
/// @param localTiles   whether tiles of the operands are brought to local memory first
/// @param vectorLanes  floats of a vector
record Tuning(int group, int tileRows, int tileColumns, int tileItems, boolean localTiles, int vectorLanes) {
  /// System property that forces the kernels with (`true`) or without (`false`) local memory, for tests and comparisons.
  static final String LOCAL_TILES_PROPERTY = "anyrate.opencl.localTiles";

  /// Two warps of a NVIDIA card, one wavefront of an AMD card; enough loop passes for a processor.
  private static final int GROUP = 64;

  /// Rows and columns that one work-item computes from local tiles. 12 loads serve 32 multiplications; 8 × 8 would need more
  /// registers than small devices have.
  private static final int ROWS_BY_ITEM = 8;
  private static final int COLUMNS_BY_ITEM = 4;

  /// Work-items along each axis of the smaller tiles. A device whose groups are smaller still, or whose local memory does not hold them, takes the kernels
  /// without local memory.
  private static final int SMALLEST_SIDE = 8;

  /// Depth of a tile in local memory.
  static final int TILE_DEPTH = 16;

  /// Rows and vectors of a product that one work-item of a processor keeps in registers: 16 sums, as in the backend `simd`.
  private static final int VECTOR_ROWS = 8;
  private static final int VECTORS = 2;

  /// @param largestGroup work-items that every kernel may have in a group, at least 1
  static Tuning of(DeviceDescription device, long largestGroup) {
    int group = (int) Math.min(GROUP, Long.highestOneBit(largestGroup));
    int lanes = Math.clamp(Integer.highestOneBit(Math.max(1, device.vectorWidth())), 4, 16);
    boolean tilesFit = largestGroup >= SMALLEST_SIDE * SMALLEST_SIDE && tileBytes(SMALLEST_SIDE) <= device.localMemoryBytes();
    if (!usesLocalTiles(device) || !tilesFit) {
      return new Tuning(group, VECTOR_ROWS, VECTORS * lanes, 1, false, lanes);
    }
    int side = largestGroup >= 256 && tileBytes(16) <= device.localMemoryBytes() ? 16 : SMALLEST_SIDE;
    return new Tuning(group, ROWS_BY_ITEM * side, COLUMNS_BY_ITEM * side, side * side, true, lanes);
  }

  /// These sizes if the kernels that were compiled with them can run, else smaller ones to compile them with.
  ///
  /// @param allowed work-items that each of the compiled kernels may have in a group
  Tuning within(DeviceDescription device, long allowed) {
    return allowed >= Math.max(group, tileItems) ? this : of(device, Math.max(1, allowed));
  }

  /// A processor has no local memory of its own: a copy there only costs, and its compiler keeps a tile of vectors in registers
  /// where one work-item computes it alone.
  private static boolean usesLocalTiles(DeviceDescription device) {
    String forced = System.getProperty(LOCAL_TILES_PROPERTY);
    return forced != null ? Boolean.parseBoolean(forced) : device.type() != Type.CPU && device.ownLocalMemory();
  }

  /// Local memory of a group of side × side work-items. Rows are one float longer, so that their columns are in different banks.
  private static long tileBytes(int side) {
    return (long) TILE_DEPTH * (ROWS_BY_ITEM * side + 1 + COLUMNS_BY_ITEM * side + 1) * Float.BYTES;
  }

  /// Options of the compiler.
  String options() {
    String options = "-cl-std=CL1.2 -D GROUP=" + group + " -D TILE_ROWS=" + tileRows + " -D TILE_COLUMNS=" + tileColumns
        + " -D LANES=" + vectorLanes;
    return localTiles
        ? options + " -D LOCAL_TILES -D SIDE=" + tileRows / ROWS_BY_ITEM + " -D TILE_DEPTH=" + TILE_DEPTH
        : options;
  }
}
