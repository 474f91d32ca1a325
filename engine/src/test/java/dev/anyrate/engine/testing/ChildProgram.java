package dev.anyrate.engine.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A program in a JVM of its own, with the class path of the tests or another one.
///
/// @param classPath   its entries
/// @param jvmOptions  in front of the main class
/// @param environment on top of ours
public record ChildProgram(List<String> classPath, List<String> jvmOptions, Map<String, String> environment) {
  /// How it ended.
  ///
  /// @param exitCode of the process
  /// @param output   both streams together
  public record Ended(int exitCode, String output) {}

  /// With the class path of the tests.
  public static ChildProgram likeUs() {
    String ours = System.getProperty("java.class.path");
    return new ChildProgram(Arrays.asList(ours.split(File.pathSeparator)),
        List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx512m"), Map.of());
  }

  /// Without the jars of a library.
  public ChildProgram without(String library) {
    return new ChildProgram(
        classPath.stream().filter(entry -> !Path.of(entry).getFileName().toString().startsWith(library)).toList(), jvmOptions,
        environment);
  }

  /// With a folder in front of the class path.
  public ChildProgram withFolder(Path folder) {
    List<String> longer = new ArrayList<>(classPath);
    longer.addFirst(folder.toString());
    return new ChildProgram(longer, jvmOptions, environment);
  }

  /// With one more option of the JVM.
  public ChildProgram withOption(String option) {
    List<String> longer = new ArrayList<>(jvmOptions);
    longer.add(option);
    return new ChildProgram(classPath, longer, environment);
  }

  /// With one more variable in the environment.
  public ChildProgram withVariable(String name, Object value) {
    Map<String, String> larger = new HashMap<>(environment);
    larger.put(name, value.toString());
    return new ChildProgram(classPath, jvmOptions, larger);
  }

  /// Runs it to its end.
  public Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath.stream().collect(Collectors.joining(File.pathSeparator))));
    command.addAll(jvmOptions);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
