/// Labelled series made by formula, for demos, tests and first programs.
///
/// Start with [dev.anyrate.augment.synthetic.SyntheticData].
package dev.anyrate.augment.synthetic;
