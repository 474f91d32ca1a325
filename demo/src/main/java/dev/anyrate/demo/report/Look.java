package dev.anyrate.demo.report;

/// How a [Curve] is drawn. Two curves of a plot should differ in dash or marker too, so that colour never is the only mark.
///
/// @param weight of a line; of a cloud, the size of its points
/// @param fill   of the points
public record Look(Colour colour, Dash dash, Marker marker, Weight weight, Fill fill) {
  /// The palette of Okabe and Ito, which all forms of colour vision tell apart, darkened or lightened where the page asks for it; the
  /// first ones differ most. Then two greys.
  ///
  /// @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito, Color Universal Design</a>
  public enum Colour {
    BLUE, VERMILLION, GREEN, PURPLE, YELLOW, SKY, BLACK, ORANGE, INK, FAINT;

    /// The colour of the `index`-th class or method: the eight of the palette in turn.
    public static Colour of(int index) {
      return values()[Math.floorMod(index, INK.ordinal())];
    }
  }

  /// The line between the points. Eight patterns, so that the methods of a proof can be told apart in a print without colours.
  public enum Dash {
    NONE, SOLID, DASHED, DOTTED, DASH_DOT, LONG, SPARSE, LONG_SHORT, DASH_DOT_DOT;

    /// The pattern of the `index`-th line: the eight visible ones in turn.
    public static Dash of(int index) {
      return values()[1 + Math.floorMod(index, values().length - 1)];
    }
  }

  /// The shape at each point.
  public enum Marker {
    NONE, DOT, CIRCLE, TRIANGLE, SQUARE, DIAMOND, CROSS, STAR;

    /// The shape of the `index`-th curve: circle to star in turn.
    public static Marker of(int index) {
      return values()[CIRCLE.ordinal() + Math.floorMod(index, values().length - CIRCLE.ordinal())];
    }
  }

  public enum Weight {
    THIN, NORMAL, STRONG
  }

  /// What a point is made of: its colour, with a rim of the page's; its rim alone; or its colour with a grey rim, which is seen around black too.
  public enum Fill {
    FULL, HOLLOW, RIMMED
  }

  /// Points that are full.
  public Look(Colour colour, Dash dash, Marker marker, Weight weight) {
    this(colour, dash, marker, weight, Fill.FULL);
  }

  /// The look of the `index`-th of several lines: colour, dash and marker all change; the first is strong.
  public static Look line(int index) {
    return new Look(Colour.of(index), Dash.of(index), Marker.of(index), index == 0 ? Weight.STRONG : Weight.NORMAL);
  }

  /// A cloud of points without lines.
  public static Look cloud(Colour colour, Marker marker) {
    return new Look(colour, Dash.NONE, marker, Weight.NORMAL);
  }

  /// The points of the `index`-th of many classes, whatever their shape, which may mean something else: the eight colours, then these with the other fills, then all that larger
  /// and smaller. So 72 classes look different.
  public static Look ofClass(int index, Marker marker) {
    int colours = Colour.INK.ordinal();
    int fills = Fill.values().length;
    Weight[] sizes = {Weight.NORMAL, Weight.STRONG, Weight.THIN};
    return new Look(Colour.of(index), Dash.NONE, marker, sizes[index / (colours * fills) % sizes.length],
        Fill.values()[index / colours % fills]);
  }

  /// A dashed line without markers for a value to compare with.
  public static Look reference() {
    return new Look(Colour.INK, Dash.DASHED, Marker.NONE, Weight.THIN);
  }
}
