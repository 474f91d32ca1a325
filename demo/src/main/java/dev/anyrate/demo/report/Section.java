package dev.anyrate.demo.report;

/// One part of a [ReportPage], with a heading of its own.
public sealed interface Section permits Prose, Facts, Figure, Table {
  /// The heading, plain text.
  String title();
}
