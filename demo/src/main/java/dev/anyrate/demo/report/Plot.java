package dev.anyrate.demo.report;

import java.util.List;

/// One coordinate system with its curves.
///
/// @param title       heading of the plot; may be empty where the figure's title says it all
/// @param description what a reader who does not see the picture should know, one sentence
/// @param curves      the first is drawn on top
/// @param marks       words written into the plot, such as the name of a cluster
public record Plot(String title, String description, Axis x, Axis y, List<Curve> curves, List<TextMark> marks) {
  /// A word at a place of the plot, given in the units of its axes.
  public record TextMark(String text, Point at, Side side) {}

  /// Where a word stands.
  public enum Side {
    /// On its place: the name of a group.
    CENTRE,
    /// To the left of its place, smaller: the name of a point.
    LEFT,
    /// To the right of it, likewise.
    RIGHT
  }

  public Plot {
    curves = List.copyOf(curves);
    marks = List.copyOf(marks);
  }
}
