/// The proof behind `anyrate prove`: one encoder on one dataset, beside everything that could make it look better than it is.
///
/// Every number is a [dev.anyrate.model.evaluate.proof.Measurement]: a method, a quantity, a view of TEST, a value. Tables, pages and requirements are
/// questions to the list of them. Start with [dev.anyrate.model.evaluate.proof.Proof]; what each quantity means stands in
/// [dev.anyrate.model.evaluate.proof.Measure].
package dev.anyrate.model.evaluate.proof;
