/// The backend of OpenCL devices: graphics cards, and processors through PoCL. The only package that imports JOCL; where that jar, a
/// driver or a device is missing, this backend says so and nothing else changes.
///
/// Parameters, activations, gradients and optimiser state live in the device's memory ([DeviceMemory]). The host says what is to be
/// done ([Launch], into one queue that works in order) and copies only what a caller hands over or asks for ([OpenClTransfer]).
/// The arithmetic is in `.cl` files beside this package, one for each family, with the names and the loops of the package `scalar`:
/// read the two side by side. One class for each family hands the sizes over.
///
/// Nothing is assumed about a device beyond OpenCL 1.2. What depends on it is asked and written down once, in [DeviceDescription]
/// and [Tuning]. Sums are taken in an order that depends on sizes and device alone, and no kernel uses atomics on floating-point
/// numbers, so a device repeats itself bit by bit.
///
/// Start with [OpenClProvider], then [Devices], [DeviceContext] and [CommandQueue]; of the families, with [OpenClElementwise].
package dev.anyrate.engine.kernel.opencl;
