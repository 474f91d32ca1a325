/// The engine's front door: [dev.anyrate.engine.Engine] opens a backend, makes tensors and tapes, and brings numbers back.
///
/// Packages behind it, from the ground up: `memory` and `parallel`, `tensor`, `kernel` with its backends, `autograd`, `ops`. Each one uses only those named
/// before it. `docs/tour.md` gives the reading order for those who come to learn.
package dev.anyrate.engine;
