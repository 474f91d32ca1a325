package dev.anyrate.engine.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The width of all vectors, fixed when this class is loaded: the compiler folds it only because these fields are `static final`.
final class SimdSpecies {
  /// Floats: the widest that the machine has, or as many bits as [SimdProvider#BITS_PROPERTY] says.
  static final VectorSpecies<Float> FLOATS = species();

  /// Floats in a vector.
  static final int LANES = FLOATS.length();

  private SimdSpecies() {}

  private static VectorSpecies<Float> species() {
    Integer bits = Integer.getInteger(SimdProvider.BITS_PROPERTY);
    return bits == null
        ? FloatVector.SPECIES_PREFERRED
        : FloatVector.SPECIES_PREFERRED.withShape(VectorShape.forBitSize(bits));
  }
}
