/// MiniRocket: features of 84 fixed kernels that nobody trains, written from its paper. One half of an embedding is made of them.
///
/// Start with [dev.anyrate.model.minirocket.MiniRocket]. What an embedding makes of them is `KernelFeatures` in the package above; with ridge they are the baseline
/// `evaluate.ridge.MiniRocketClassifier`.
package dev.anyrate.model.minirocket;
