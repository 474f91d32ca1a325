package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a probe cannot learn from is refused by the commands that evaluate; training and embedding need no labels.
class BadLabelsTest {
  private static final String SERIES = ",1,2,3,1,2,5,1,2";

  @TempDir
  private Path folder;
  private Workplace work;
  private Path model;

  @BeforeEach
  void train() {
    work = new Workplace(folder);
    model = work.checkpoint("model.safetensors", work.dataset("Shapes", 32, 1));
  }

  private Path dataset(String name, String train, String test) {
    work.folder(name);
    work.file(name + "/" + name + "_TRAIN.csv", train + SERIES, train + SERIES, train + SERIES);
    work.file(name + "/" + name + "_TEST.csv", test + SERIES, test + SERIES);
    return work.path(name);
  }

  /// The first column of a table is the label. Where it is a value, it is lost, and nobody would notice.
  @Test
  void aTableThatBeginsWithValuesIsNamed() {
    Path values = work.file("values.csv", "0.25,1,2,3", "-0.5,2,3,1", "1.5,3,1,2");
    Outcome.of("resample", "--data", values, "--rate", 2, "--out", work.path("a.ts"))
        .succeededSaying(values + ": most series have a fraction for a label of their own, such as -0.5; ");
    Path unlabelled = work.file("unlabelled.csv", "?,0.25,1,2,3", "?,-0.5,2,3,1", "?,1.5,3,1,2");
    Outcome.of("resample", "--data", unlabelled, "--rate", 2, "--out", work.path("b.ts")).succeeded();
    Path classes = work.file("classes.csv", "0.5,1,2,3", "0.5,2,3,1", "1.5,3,1,2", "1.5,3,1,2");
    Outcome.of("resample", "--data", classes, "--rate", 2, "--out", work.path("c.ts")).succeeded();
  }

  private void refusedByProbes(Path data, String text) {
    work.untouchedBy("evaluate", "--checkpoint", model, "--data", data, "--out", work.path("r.json")).refused(text);
    work.untouchedBy("prove", "--checkpoint", model, "--data", data, "--out", work.path("proof")).refused(text);
    assertFalse(Files.exists(work.path("proof")));
    work.untouchedBy("benchmark", "--data", work.path("Shapes"), data, "--out", work.path("table")).refused(text);
    assertFalse(Files.exists(work.path("table")), "refused before the first dataset is trained on");
  }

  @Test
  void noLabels() {
    refusedByProbes(dataset("None", "?", "?"), "label");
  }

  @Test
  void aClassThatTrainLacks() {
    Path data = dataset("Other", "1", "1");
    work.file("Other/Other_TRAIN.csv", "1" + SERIES, "2" + SERIES);
    work.file("Other/Other_TEST.csv", "1" + SERIES, "3" + SERIES);
    refusedByProbes(data, "'3'");
  }

  @Test
  void oneClass() {
    refusedByProbes(dataset("One", "1", "1"), "class");
  }
}
