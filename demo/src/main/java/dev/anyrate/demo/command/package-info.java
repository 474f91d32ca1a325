/// One class for each command of `anyrate`, and the options that several of them share.
///
/// Start with [dev.anyrate.demo.command.TrainCommand]. To add a command, write its class and name it in `Main`.
package dev.anyrate.demo.command;
