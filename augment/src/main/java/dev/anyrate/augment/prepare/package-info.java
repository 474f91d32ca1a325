/// What is done to every input of a trained model before the encoder sees it, fitted once on the TRAIN part.
///
/// Belongs here: [dev.anyrate.augment.prepare.Standardization] (channels on one scale),
/// [dev.anyrate.augment.prepare.CanonicalLength] (series of one length), and both in a row, the
/// [dev.anyrate.augment.prepare.InputPreparation] that a checkpoint keeps. Nothing here is random. Start with
/// [dev.anyrate.augment.prepare.InputPreparation].
package dev.anyrate.augment.prepare;
