/// What the report pages of `demo` and `evaluate --html` contain: from results to sections, figures and words.
///
/// How a section looks is in package `report`. Start with [dev.anyrate.demo.page.EvaluationPage].
package dev.anyrate.demo.page;
