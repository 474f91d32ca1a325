/// Comparing methods over many datasets without fooling oneself: average ranks, signed-rank tests corrected for their number, critical differences, all after
/// Demšar, [Statistical Comparisons of Classifiers over Multiple Data Sets](https://jmlr.org/papers/v7/demsar06a.html) (2006).
///
/// Start with [dev.anyrate.model.evaluate.compare.Comparison].
package dev.anyrate.model.evaluate.compare;
