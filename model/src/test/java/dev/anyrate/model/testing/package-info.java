/// What tests of this module share: engines that are hostile to careless code, golden files, and small random numbers.
package dev.anyrate.model.testing;
