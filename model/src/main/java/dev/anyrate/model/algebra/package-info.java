/// Linear algebra in double precision on the heap, for what is fitted once to a few thousand embeddings: factors and orthonormal rows. What runs on every batch is the engine's.
///
/// Arrays are rows, `double[rows][columns]`. Start with [dev.anyrate.model.algebra.Cholesky].
package dev.anyrate.model.algebra;
