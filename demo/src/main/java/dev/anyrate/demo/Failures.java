package dev.anyrate.demo;

import static java.util.Comparator.comparingInt;

import dev.anyrate.engine.kernel.DeviceFailure;
import dev.anyrate.engine.memory.OutOfMemory;
import dev.anyrate.model.train.TrainingStopped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns every failure into one line on stderr and an exit code. `--verbose` adds the stack.
///
/// @param settings of the files that `--config` names: whose value is refused has its place in front
record Failures(ConfigSettings settings) implements IExecutionExceptionHandler {
  /// How the parser begins its complaints; all others begin small.
  private static final Pattern CAPITAL = Pattern.compile("^(Invalid|Missing|Unknown|Expected) ");

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult whole) {
    if (command.getParseResult().hasMatchedOption("--verbose")) failure.printStackTrace(command.getErr());
    return switch (failure) {
      case ParameterException usage -> usage(usage, null);
      case TypeConversionException value -> say(command, value.getMessage(), CommandLine.ExitCode.USAGE);
      case IllegalArgumentException badInput -> say(command, settings.located(badInput.getMessage()), CommandLine.ExitCode.USAGE);
      case IOException io -> say(command, io);
      case UncheckedIOException disk -> say(command, disk.getMessage(), CommandLine.ExitCode.SOFTWARE);
      case OutOfMemory device -> say(command, device.getMessage(), CommandLine.ExitCode.SOFTWARE);
      case DeviceFailure device -> say(command, device.getMessage(), CommandLine.ExitCode.SOFTWARE);
      case TrainingStopped stopped -> say(command, stopped.getMessage(), CommandLine.ExitCode.SOFTWARE);
      default ->
        say(command, "unexpected " + failure + "; this is a fault of anyrate, please report it with the output of --verbose",
            CommandLine.ExitCode.SOFTWARE);
    };
  }

  int usage(ParameterException failure, @SuppressWarnings("unused") String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    return say(command,
        settings.located(uncapitalized(firstLine(words(failure)))).replaceFirst("\\.$", "") + "; see " + name + " --help",
        CommandLine.ExitCode.USAGE);
  }

  private static String uncapitalized(String complaint) {
    return CAPITAL.matcher(complaint).replaceFirst(begin -> begin.group().toLowerCase(Locale.ROOT));
  }

  /// A misspelt option comes before one that is missing: often it is the same one.
  private static String words(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    List<String> unknown = command.getUnmatchedArguments();
    boolean misspelt = failure instanceof MissingParameterException || failure instanceof UnmatchedArgumentException;
    if (!misspelt || unknown.isEmpty()) return failure.getMessage();
    String first = unknown.getFirst();
    String kind = first.startsWith("-") ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
    List<String> similar = new UnmatchedArgumentException(command, unknown).getSuggestions();
    // The one that begins like it the longest: at 'embde' the parser thinks of 'demo' first.
    Optional<String> meant = similar.stream().max(comparingInt(one -> Arrays.mismatch(one.toCharArray(), first.toCharArray())));
    return "unknown " + kind + " '" + first + "'" + meant.map(one -> ", perhaps " + one + " is meant").orElse("");
  }

  static int say(CommandLine command, IOException failure) {
    return say(command, words(failure), CommandLine.ExitCode.USAGE);
  }

  private static String words(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder; check the path";
      case AccessDeniedException denied -> denied.getFile() + ": access denied; check the permissions";
      case FileAlreadyExistsException other -> other.getFile() + ": is a file, not a folder; give another name";
      case FileSystemException other when other.getReason() != null ->
        other.getFile() + ": " + other.getReason() + "; check the path";
      default -> failure.toString();
    };
  }

  static int outOfMemory(CommandLine command) {
    return say(command, "out of memory with a heap of " + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB; use smaller sizes, or a larger heap: ANYRATE_JAVA_OPTIONS=-Xmx8g", CommandLine.ExitCode.SOFTWARE);
  }

  private static int say(CommandLine command, String message, int exitCode) {
    command.getErr().println("anyrate: " + firstLine(message));
    return exitCode;
  }

  private static String firstLine(String message) {
    return message == null ? "no further message" : message.lines().findFirst().orElse("");
  }
}
