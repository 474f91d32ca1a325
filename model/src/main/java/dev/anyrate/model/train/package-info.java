/// Training: presets, the loop, its state on disk, and the watch over the loss.
///
/// Start with [dev.anyrate.model.train.Preset] (what is trained, and on which views), then [dev.anyrate.model.train.TrainingSession] (the loop).
/// Printing and progress bars are the listener's business.
package dev.anyrate.model.train;
