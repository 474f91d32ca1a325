package dev.anyrate.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.anyrate.demo.command.OptionValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Options from a YAML file: `epochs: 40` stands for `--epochs 40`, and the command line wins over it.
///
/// @param command  whose options the file may set
/// @param path     of the file
/// @param settings that remember where each stands
record ConfigFile(CommandLine command, Path path, ConfigSettings settings) {
  private static final String OPTION = "--config";
  private static final Set<String> NO_SETTINGS = Set.of(OPTION.substring(2), "help", "version");
  private static final String REMEDY = "write one 'name: value' a line, such as 'epochs: 40'";
  private static final YAMLFactory YAML = YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Puts the options of the file that `--config` names behind the command's name, in front of the user's own.
  ///
  /// @param commands  with the subcommands
  /// @param arguments of the command line
  /// @param settings  to remember where each value of the file stands; what the command line sets otherwise is left out
  /// @return arguments with the file's options; the same if there is no `--config`
  static String[] expand(CommandLine commands, String[] arguments, ConfigSettings settings) throws IOException {
    CommandLine command = arguments.length == 0 ? null : commands.getSubcommands().get(arguments[0]);
    if (command == null || !command.getCommandSpec().optionsMap().containsKey(OPTION)) return arguments;
    var expanded = new ArrayList<String>();
    expanded.add(arguments[0]);
    for (String file : named(arguments)) expanded.addAll(new ConfigFile(command, path(command, file), settings).options());
    settings.overruledBy(arguments);
    expanded.addAll(List.of(arguments).subList(1, arguments.length));
    return expanded.toArray(String[]::new);
  }

  /// The files of `--config FILE` and `--config=FILE`; of an option without its file the parser will complain.
  private static List<String> named(String[] arguments) {
    var files = new ArrayList<String>();
    for (int i = 1; i < arguments.length; i++) {
      String file = "";
      if (arguments[i].startsWith(OPTION + "=")) file = arguments[i].substring(OPTION.length() + 1);
      if (arguments[i].equals(OPTION) && i + 1 < arguments.length) file = arguments[i + 1];
      if (!file.isEmpty()) files.add(file);
    }
    return files;
  }

  private static Path path(CommandLine command, String file) {
    try {
      return OptionValues.path(file);
    } catch (TypeConversionException impossible) {
      throw new ParameterException(command, OPTION + ": " + impossible.getMessage());
    }
  }

  private List<String> options() throws IOException {
    if (Files.isDirectory(path)) throw complaint(path + ": is a folder; give a file of settings");
    var options = new ArrayList<String>();
    try (var in = Files.newInputStream(path); JsonParser yaml = YAML.createParser(in)) {
      if (yaml.nextToken() != JsonToken.START_OBJECT) throw complaint(path + ": no settings; " + REMEDY);
      while (yaml.nextToken() == JsonToken.FIELD_NAME) options.add(option(yaml));
      return options;
    } catch (JsonProcessingException e) {
      throw complaint(path + ":" + e.getLocation().getLineNr() + ": not YAML, or a name stands twice; " + REMEDY);
    }
  }

  private String option(JsonParser yaml) throws IOException {
    String name = yaml.currentName();
    String line = path + ":" + yaml.currentTokenLocation().getLineNr();
    String place = line + ": '" + name + "' is no ";
    if (NO_SETTINGS.contains(name) || !command.getCommandSpec().optionsMap().containsKey("--" + name)) {
      throw complaint(place + "setting; settings are the options of " + command.getCommandName()
          + " without the dashes, such as 'epochs: 40'");
    }
    JsonToken value = yaml.nextToken();
    if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) throw complaint(place + "single value; " + REMEDY);
    settings.add(name, line);
    return "--" + name + "=" + yaml.getText();
  }

  private ParameterException complaint(String message) {
    return new ParameterException(command, message);
  }
}
