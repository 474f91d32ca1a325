package dev.anyrate.demo.report;

import java.util.List;

/// A whole report page, ready to be written by [HtmlReport#write].
///
/// @param title    the page's heading and the browser's title
/// @param subtitle one line under it: what was measured, on what; may be empty
/// @param sections in the order of reading
/// @param footer   one line at the end: program, version, machine; may be empty
public record ReportPage(String title, String subtitle, List<Section> sections, String footer) {
  public ReportPage {
    sections = List.copyOf(sections);
  }
}
