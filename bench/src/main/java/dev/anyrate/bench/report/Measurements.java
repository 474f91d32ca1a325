package dev.anyrate.bench.report;

import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/// Where speeds come from.
public interface Measurements {
  /// What shares refer to, now.
  Peak peak() throws RunnerException;

  /// Runs one benchmark class with all choices of its parameters.
  ///
  /// @param type name of the class
  List<Outcome> run(String type) throws RunnerException;
}
