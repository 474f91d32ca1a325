package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import java.util.Arrays;

/// Weights in the form that a kernel needs, from one call to the next.
///
/// Nobody says when weights change, so the numbers they were made from are kept too and compared in each call, which is much less than making them anew (55 µs for 196 KiB).
final class KeptWeights {
  /// Layers and directions that are remembered, the least recently used forgotten first: two encoders of nine convolutions.
  static final int LAYERS = 18;

  /// Larger ones take too much memory, and their transform less of the time.
  private static final int MOST_FLOATS = 1 << 18;

  private static final class Layer {
    private final int kernel;
    private final int inChannels;
    private final int outChannels;
    private final boolean backward;
    private final float[] source;
    private final int source0;
    private final float[] copy;
    private final float[] made;
    private boolean isMade;
    private long lastUse;

    Layer(Correlation form, boolean backward, HeapStorage weights, int size) {
      this.kernel = form.kernel();
      this.inChannels = form.inChannels();
      this.outChannels = form.outChannels();
      this.backward = backward;
      this.source = weights.array();
      this.source0 = weights.offset();
      this.copy = new float[weights.size()];
      this.made = new float[size];
    }

    /// Nothing else of the form has a say in what becomes of weights: series of any number and length share them.
    boolean suits(Correlation form, boolean backward, HeapStorage weights) {
      return source == weights.array() && source0 == weights.offset() && this.backward == backward && kernel == form.kernel()
          && inChannels == form.inChannels() && outChannels == form.outChannels();
    }
  }

  private final Layer[] layers = new Layer[LAYERS];
  private long uses;
  private Layer found;

  /// Whether weights of this size are kept.
  static boolean takes(int floats) {
    return floats <= MOST_FLOATS;
  }

  /// Where the weights of a layer are in the form that the kernel needs, or shall be written in it if they are not [#upToDate].
  ///
  /// @param form     what they are made for
  /// @param backward whether it is that of the gradient
  /// @param weights  what they are made from
  /// @param size     floats of the result
  float[] of(Correlation form, boolean backward, HeapStorage weights, int size) {
    int place = place(form, backward, weights);
    if (layers[place] == null || !layers[place].suits(form, backward, weights)) {
      layers[place] = new Layer(form, backward, weights, size);
    }
    found = layers[place];
    found.lastUse = ++uses;
    return found.made;
  }

  /// Where a layer is, or else where it shall be.
  private int place(Correlation form, boolean backward, HeapStorage weights) {
    int place = 0;
    for (int i = 0; i < LAYERS; i++) {
      if (layers[i] == null) return i; // they fill up in order
      if (layers[i].suits(form, backward, weights)) return i;
      if (layers[i].lastUse < layers[place].lastUse) place = i;
    }
    return place;
  }

  /// Whether the weights that [#of] gave last are made from these numbers. If not, they count as unmade until [#made] is called, also should making them fail.
  boolean upToDate(HeapStorage weights) {
    int from = weights.offset();
    found.isMade = found.isMade && Arrays.equals(weights.array(), from, from + weights.size(), found.copy, 0, weights.size());
    return found.isMade;
  }

  /// Says that they are made from these numbers now.
  void made(HeapStorage weights) {
    System.arraycopy(weights.array(), weights.offset(), found.copy, 0, weights.size());
    found.isMade = true;
  }
}
