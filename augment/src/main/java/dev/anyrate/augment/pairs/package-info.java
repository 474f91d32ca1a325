/// Two random views of each series, in batches, prepared while the trainer computes.
///
/// Belongs here: which series meet in a batch, how views become arrays, and the loader threads. Does not belong here: what a view
/// is (package `transform`) and what is learned from a pair (module `model`). Start with
/// [dev.anyrate.augment.pairs.PairedTimeSeriesDataset]; [dev.anyrate.augment.pairs.PairedEpoch] is where the threads are.
package dev.anyrate.augment.pairs;
