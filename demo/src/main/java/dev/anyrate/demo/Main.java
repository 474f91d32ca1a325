package dev.anyrate.demo;

import dev.anyrate.demo.command.BenchmarkCommand;
import dev.anyrate.demo.command.DemoCommand;
import dev.anyrate.demo.command.DoctorCommand;
import dev.anyrate.demo.command.EmbedCommand;
import dev.anyrate.demo.command.EvaluateCommand;
import dev.anyrate.demo.command.OptionValues;
import dev.anyrate.demo.command.ProveCommand;
import dev.anyrate.demo.command.ResampleCommand;
import dev.anyrate.demo.command.TrainCommand;
import dev.anyrate.model.contract.Version;
import java.io.IOException;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Entry of the command line. Exit code 0: success; 1: the work failed; 2: wrong usage or bad input, told in one line on stderr.
@Command(name = "anyrate", scope = ScopeType.INHERIT, mixinStandardHelpOptions = true, versionProvider = Main.Build.class, sortOptions = false, usageHelpWidth = 100, description = "Time-series embeddings that hold at any sampling rate.", footer = "%nExit code 0: success; 1: the work failed; 2: wrong usage or bad input.", subcommands = {
    DemoCommand.class, TrainCommand.class,
    EvaluateCommand.class, ProveCommand.class, BenchmarkCommand.class, EmbedCommand.class, ResampleCommand.class,
    DoctorCommand.class,
    CommandLine.HelpCommand.class})
public final class Main implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  private Main() {}

  /// Names the build, as checkpoints and pages do.
  static final class Build implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"anyrate " + Version.current()};
    }
  }

  /// @param arguments of the command line
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  public static int run(String... arguments) {
    var settings = new ConfigSettings();
    var failures = new Failures(settings);
    CommandLine commands = new CommandLine(new Main()).setOverwrittenOptionsAllowed(true).setExpandAtFiles(false)
        .setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures::usage);
    commands.setResourceBundle(ResourceBundle.getBundle("dev.anyrate.demo.usage", Locale.ROOT));
    OptionValues.register(commands);
    try {
      return commands.execute(ConfigFile.expand(commands, arguments, settings));
    } catch (ParameterException usage) {
      return failures.usage(usage, arguments);
    } catch (IOException io) {
      return Failures.say(commands, io);
    } catch (OutOfMemoryError _) { // an error of the user's sizes, not of the program; the work is gone, and its memory with it
      return Failures.outOfMemory(commands);
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(System.err);
    return CommandLine.ExitCode.USAGE;
  }
}
