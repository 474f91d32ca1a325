package dev.anyrate.model.minirocket;

/// The 84 kernels of MiniRocket: nine weights, three of them 2 and six −1, in every arrangement.
///
/// The weights of a kernel sum to 0, so a constant added to a series changes nothing but the edges where zeros are padded.
final class KernelSet {
  /// Weights in a kernel.
  static final int LENGTH = 9;
  /// Ways to choose three places out of nine.
  static final int COUNT = 84;

  /// `[84][3]`: the places of the weight 2 in each kernel, in lexical order.
  static final int[][] PLACES_OF_TWO = places();

  private KernelSet() {}

  private static int[][] places() {
    int[][] places = new int[COUNT][];
    int kernel = 0;
    for (int a = 0; a < LENGTH; a++) {
      for (int b = a + 1; b < LENGTH; b++) {
        for (int c = b + 1; c < LENGTH; c++) places[kernel++] = new int[] {a, b, c};
      }
    }
    return places;
  }
}
