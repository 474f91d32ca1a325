/// Runs benchmarks and says what they mean: [dev.anyrate.bench.report.BenchmarkRun] runs, [dev.anyrate.bench.report.Peak] is what shares refer to,
/// [dev.anyrate.bench.report.ResultTable] prints, [dev.anyrate.bench.report.ResultFile] keeps.
package dev.anyrate.bench.report;
