/// The speed guard: [dev.anyrate.bench.guard.Floors] keeps what each kernel must reach, [dev.anyrate.bench.guard.SpeedGuard] fails where one does not.
package dev.anyrate.bench.guard;
