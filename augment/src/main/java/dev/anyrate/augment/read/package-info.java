/// From a file to a [dev.anyrate.augment.series.TimeSeriesSet]: one reader for each format, chosen by the file's extension.
///
/// Belongs here: what a format looks like, and complaints that name file and line. Does not belong here: rules that hold for
/// every series (package `series`). A new format is a [dev.anyrate.augment.read.SeriesReader] and a line in
/// [dev.anyrate.augment.read.SeriesFormat]. Start with [dev.anyrate.augment.read.SeriesFiles]; the simplest reader is
/// `DelimitedReader`.
package dev.anyrate.augment.read;
