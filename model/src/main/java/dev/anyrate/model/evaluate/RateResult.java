package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What an encoder achieves at one rate.
///
/// @param accuracy       of the probe fitted to TRAIN at the native rate
/// @param probeAugmented accuracy of the probe fitted to TRAIN and augmented copies of it
/// @param cosSame        see [Invariance]
/// @param cosOther       see [Invariance]
/// @param retrievalAt1   see [Invariance]
public record RateResult(@JsonProperty("accuracy") double accuracy, @JsonProperty("probe_augmented") double probeAugmented,
    @JsonProperty("cos_same") double cosSame, @JsonProperty("cos_other") double cosOther,
    @JsonProperty("retrieval_at_1") double retrievalAt1) {}
