/// The pictures of the report, each built from plain numbers by one small class: what the series are, how training went, where
/// the embeddings lie, and what remains of similarity and accuracy when the rate changes.
///
/// Rates are relative to the native one: 2 means twice as many samples for the same span. Start with
/// [dev.anyrate.demo.report.figure.RateCurve], which most of them share.
package dev.anyrate.demo.report.figure;
