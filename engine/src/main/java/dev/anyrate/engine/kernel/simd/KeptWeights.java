package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import java.util.Arrays;

/// Weights in the form that a kernel needs, from one call to the next.
///
/// Nobody says when weights change, so the numbers they were made from are kept too and compared in each call, which is much less than making them anew (55 µs for 196 KiB).
final class KeptWeights {
  /// Layers that are remembered, the oldest forgotten first: two encoders of nine convolutions.
  private static final int LAYERS = 18;

  /// Larger ones take too much memory, and their transform less of the time.
  private static final int MOST_FLOATS = 1 << 18;

  private static final class Layer {
    private final Object form;
    private final float[] source;
    private final int source0;
    private final float[] copy;
    private final float[] made;
    private boolean isMade;

    Layer(Object form, HeapStorage weights, int size) {
      this.form = form;
      this.source = weights.array();
      this.source0 = weights.offset();
      this.copy = new float[weights.size()];
      this.made = new float[size];
    }
  }

  private final Layer[] layers = new Layer[LAYERS];
  private int oldest;
  private Layer found;

  /// Whether weights of this size are kept.
  static boolean takes(int floats) {
    return floats <= MOST_FLOATS;
  }

  /// Where the weights of a layer are in the form that the kernel needs, or shall be written in it if they are not [#upToDate].
  ///
  /// @param form    what they are made for; the same object for the same layer
  /// @param weights what they are made from
  /// @param size    floats of the result
  float[] of(Object form, HeapStorage weights, int size) {
    for (Layer layer : layers) {
      if (layer != null && layer.form == form && layer.source == weights.array() && layer.source0 == weights.offset()) {
        found = layer;
        return layer.made;
      }
    }
    found = new Layer(form, weights, size);
    layers[oldest] = found;
    oldest = (oldest + 1) % LAYERS;
    return found.made;
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
