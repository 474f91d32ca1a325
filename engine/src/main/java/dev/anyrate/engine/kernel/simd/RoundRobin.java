package dev.anyrate.engine.kernel.simd;

/// All pairs of different blocks, in rounds in which no block occurs twice: the schedule of a tournament in which everyone meets everyone once.
///
/// A part that works on a pair may then add to the results of both its blocks, since no other part of the round touches them, and every
/// block gets its shares in the order of the rounds. So sums over all pairs need neither a copy for each thread nor a lock, and are
/// bit-identical for any number of threads.
///
/// The circle method: one block stays where it is, the others move on by one place from round to round. If their number is odd, one in
/// each round meets nobody.
///
/// @param blocks at least 1
record RoundRobin(int blocks) {
  /// Rounds until all have met.
  int rounds() {
    return blocks - 1 + blocks % 2;
  }

  /// Pairs of a round.
  int pairs() {
    return (blocks + 1) / 2;
  }

  /// One block of a pair.
  int first(int round, int pair) {
    return (round + pair) % rounds();
  }

  /// The other block; [#blocks()] if there is none.
  int second(int round, int pair) {
    return pair == 0 ? rounds() : (round - pair + rounds()) % rounds();
  }
}
