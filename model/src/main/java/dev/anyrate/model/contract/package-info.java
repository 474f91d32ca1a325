/// What a checkpoint says of itself: which program made it, and what the model in it was trained for.
///
/// Start with [dev.anyrate.model.contract.RateContract].
package dev.anyrate.model.contract;
