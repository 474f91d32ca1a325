/// What a time series is: values over channels and time, perhaps a label, perhaps gaps.
///
/// Belongs here: [dev.anyrate.augment.series.TimeSeries], [dev.anyrate.augment.series.TimeSeriesSet], and the rules that hold for
/// every series wherever it comes from. Does not belong here: files (package `read`) and changes of a series (packages `resample`
/// and `transform`). Start with [dev.anyrate.augment.series.TimeSeries].
package dev.anyrate.augment.series;
