/// MiniRocket, a baseline without training, written from its paper.
///
/// Start with [dev.anyrate.model.evaluate.minirocket.MiniRocket]; its usual classifier is in package `ridge`.
package dev.anyrate.model.evaluate.minirocket;
