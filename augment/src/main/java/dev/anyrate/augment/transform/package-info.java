/// Random changes of a series that leave its class alone.
///
/// Belongs here: augmentations, one in each file, as pure functions of (series, random); all of them take series of any length
/// and any channels, without missing values. Does not belong here: batches and threads (package `pairs`). Start with
/// [dev.anyrate.augment.transform.Augmentation], then [dev.anyrate.augment.transform.ScaleAug] as the simplest and
/// [dev.anyrate.augment.transform.InvariantView] as the one that matters most.
///
/// Probabilities are drawn anew for each series. The parameters of a record are checked when it is made.
package dev.anyrate.augment.transform;
