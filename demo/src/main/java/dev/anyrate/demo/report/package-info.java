/// The report page: what it shows, as immutable records, and how it becomes one HTML file that opens offline.
///
/// Start with [dev.anyrate.demo.report.ReportPage] and the sealed [dev.anyrate.demo.report.Section]: prose, facts, figures and
/// tables. A figure is a grid of plots, a plot holds curves, a curve is a list of points with a look.
/// [dev.anyrate.demo.report.HtmlReport] writes the page; the resources beside it (`report.html`, `report.css`, `report.js`) are
/// the template, the styles and the drawing code.
///
/// Nothing here knows encoders, series or evaluations. The pictures of this project are built from plain numbers in the package
/// `figure`.
package dev.anyrate.demo.report;
