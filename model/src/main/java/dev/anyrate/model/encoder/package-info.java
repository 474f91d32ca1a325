/// Encoders: from a batch of series to one embedding each.
///
/// Start with [dev.anyrate.model.encoder.Encoder], then [dev.anyrate.model.encoder.CnnEncoder]. To add an encoder, write its configuration
/// record and its class here, and name both in [dev.anyrate.model.encoder.EncoderConfig]; `CONTRIBUTING.md` has the list. Losses and training are elsewhere.
package dev.anyrate.model.encoder;
