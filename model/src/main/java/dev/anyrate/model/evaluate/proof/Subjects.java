package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.model.evaluate.Embedder;
import java.util.Optional;

/// What is put to the proof, and beside what.
///
/// @param trained          the encoder
/// @param knownRate        the same when it is told the rate, which every series of TRAIN and TEST then carries; empty if it cannot be told
/// @param untrained        the same encoder with its first parameters
/// @param withoutRateViews the same encoder trained on views of one rate; empty to leave it out
/// @param miniRocket       the preparation that MiniRocket gets its series from; empty to leave it out
public record Subjects(Embedder trained, Optional<Embedder> knownRate, Embedder untrained,
    Optional<Embedder> withoutRateViews, Optional<InputPreparation> miniRocket) {}
