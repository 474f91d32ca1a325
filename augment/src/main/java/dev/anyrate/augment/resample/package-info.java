/// One series at another length, as if it had been recorded at another sampling rate.
///
/// Belongs here: resampling methods, each a [dev.anyrate.augment.resample.Resampler] in a file of its own, and the rule that
/// turns a rate into a length. Does not belong here: chance (package `transform`). Start with
/// [dev.anyrate.augment.resample.Resampler], then read `LinearInterpolation`; [dev.anyrate.augment.resample.ResampleMethod] lists
/// all.
package dev.anyrate.augment.resample;
