package dev.anyrate.model.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a baseline without an encoder achieves at one rate.
///
/// @param accuracy of the classifier fitted to TRAIN at the native rate
public record BaselineResult(@JsonProperty("accuracy") double accuracy) {}
