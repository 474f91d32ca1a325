/// libtorch's side of the comparison, written as a DJL user would write it. Every run works in a scope of memory that is closed at its end.
package dev.anyrate.bench.peers.libtorch;
