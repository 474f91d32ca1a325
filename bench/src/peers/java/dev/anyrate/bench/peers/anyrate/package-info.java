/// Anyrate's side of the comparison, by its public interface.
package dev.anyrate.bench.peers.anyrate;
