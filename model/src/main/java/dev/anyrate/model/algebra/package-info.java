/// Linear algebra in double precision on the heap, for what is fitted to a few thousand embeddings or measured on them: rows, factors, orthonormal rows. What runs on every
/// batch is the engine's.
///
/// Arrays are rows, `double[rows][columns]`. Start with [dev.anyrate.model.algebra.Rows].
package dev.anyrate.model.algebra;
