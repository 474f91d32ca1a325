/// What this core can do at best: arithmetic by [dev.anyrate.bench.peak.FmaPeak], memory by [dev.anyrate.bench.peak.Bandwidth]. Every share in the table is a share of one of them, measured in the same run.
package dev.anyrate.bench.peak;
