/// Building blocks of encoders: parameters with stable names, and layers that run operations on them.
///
/// Layers compose operations of the engine and hold no arithmetic of their own; they carry no mode either: whether a forward pass is training or
/// evaluation is a property of the execution. Start with [dev.anyrate.model.layers.Initializer], then [dev.anyrate.model.layers.LinearLayer].
package dev.anyrate.model.layers;
