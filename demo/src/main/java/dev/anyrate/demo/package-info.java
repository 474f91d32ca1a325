/// The `anyrate` command line. [dev.anyrate.demo.Main] is the entry; each command is one class in package `command`; pages and pictures are in package `report`.
///
/// Only here does anything print. What a command does stands in the library modules; a command reads options, calls them, and words the result.
package dev.anyrate.demo;
