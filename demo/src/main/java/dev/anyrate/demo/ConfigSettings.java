package dev.anyrate.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the settings of a run stand in its files, so that a complaint about a value says where to change it.
final class ConfigSettings {
  /// What the library calls a setting where its option has a shorter name.
  private static final Map<String, List<String>> OTHER_NAMES = Map.of("lr", List.of("learning rate"), "warmup",
      List.of("warm-up"),
      "clip", List.of("gradient clipping"), "ema", List.of("averaging of weights"), "rate-hz", List.of("sampling rate"));

  private final Map<String, String> places = new LinkedHashMap<>();

  /// @param name  of the option, without the dashes
  /// @param place `file:line`; of two files the later counts
  void add(String name, String place) {
    places.put(name, place);
  }

  /// Forgets the settings that the command line sets.
  void overruledBy(String[] arguments) {
    for (String argument : arguments) {
      if (argument.startsWith("--")) places.remove(argument.substring(2).split("=", 2)[0]);
    }
  }

  /// A complaint with the place in front, if it is about one of these settings.
  String located(String complaint) {
    if (complaint == null) return null;
    return places.entrySet().stream().filter(setting -> isAbout(setting.getKey(), complaint)).findFirst()
        .map(setting -> setting.getValue() + ": " + complaint).orElse(complaint);
  }

  /// Complaints begin with what they are about: the option, the setting in words, or what the parser says of options.
  private static boolean isAbout(String name, String complaint) {
    if (begins(complaint, "--" + name) || complaint.startsWith("invalid value for option '--" + name + "'")) return true;
    return begins(complaint, name.replace('-', ' '))
        || OTHER_NAMES.getOrDefault(name, List.of()).stream().anyMatch(other -> begins(complaint, other));
  }

  private static boolean begins(String complaint, String name) {
    return complaint.startsWith(name + ":") || complaint.startsWith(name + " ");
  }
}
