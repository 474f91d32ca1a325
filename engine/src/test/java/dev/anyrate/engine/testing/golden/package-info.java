/// Numbers from PyTorch, in float64, that operations and a whole model must reproduce.
///
/// [dev.anyrate.engine.testing.golden.GoldenCase] is one file; [dev.anyrate.engine.testing.golden.GoldenOperations] knows how each named operation is run here.
/// Golden series are `[batch, channels, length]`: graphs permute them where a model does, at the door. Definitions by formula live in `cases`.
package dev.anyrate.engine.testing.golden;
