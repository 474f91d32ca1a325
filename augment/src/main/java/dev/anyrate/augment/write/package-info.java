/// Writing series to files that package `read` reads back as equal.
///
/// Start with [dev.anyrate.augment.write.SeriesOutput].
package dev.anyrate.augment.write;
