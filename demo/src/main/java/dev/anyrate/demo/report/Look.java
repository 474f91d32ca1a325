package dev.anyrate.demo.report;

/// How a [Curve] is drawn. Two curves of a plot should differ in dash or marker too, so that colour never is the only mark.
public record Look(Colour colour, Dash dash, Marker marker, Weight weight) {
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

  /// The line between the points.
  public enum Dash {
    NONE, SOLID, DASHED, DOTTED, DASH_DOT;

    /// The pattern of the `index`-th line: the four visible ones in turn.
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

  /// The look of the `index`-th of several lines: colour, dash and marker all change; the first is strong.
  public static Look line(int index) {
    return new Look(Colour.of(index), Dash.of(index), Marker.of(index), index == 0 ? Weight.STRONG : Weight.NORMAL);
  }

  /// A cloud of points without lines.
  public static Look cloud(Colour colour, Marker marker) {
    return new Look(colour, Dash.NONE, marker, Weight.NORMAL);
  }

  /// A dashed line without markers for a value to compare with.
  public static Look reference() {
    return new Look(Colour.INK, Dash.DASHED, Marker.NONE, Weight.THIN);
  }
}
