package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.demo.example.FirstProgram;
import dev.anyrate.demo.example.MostSimilar;
import dev.anyrate.demo.example.OwnArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The programs that the README shows are these, and they run.
class FirstProgramTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/anyrate/demo/example");

  @Test
  void givesAnEmbeddingForEachSeries() {
    float[][] embeddings = FirstProgram.train(1);
    assertEquals(400, embeddings.length);
    assertEquals(64, embeddings[0].length);
  }

  @Test
  @Tag("long") // a training of the usual size
  void trainsOnOwnArraysAndFindsThemAgainAtAnotherRate(@TempDir Path folder) {
    TimeSeriesSet series = SyntheticData.create(4, 20, 2, 2, 1);
    float[][][] recordings = series.series().stream()
        .map(one -> new float[][] {one.channel(0), one.channel(1)}).toArray(float[][][]::new);
    Path checkpoint = folder.resolve("own.safetensors");
    assertEquals(4, OwnArrays.embed(recordings, checkpoint).length);
    for (int n = 0; n < 4; n++) {
      TimeSeries faster = new SamplingRate(2).apply(series.get(n), ResampleMethod.LINEAR.resampler());
      assertEquals(n, MostSimilar.find(checkpoint, series, faster));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FirstProgram.java", "OwnArrays.java", "MostSimilar.java"})
  void standsInTheReadmeWordForWord(String name) throws IOException {
    String source = Files.readString(SOURCES.resolve(name));
    String shown = source.substring(source.indexOf("// README begin\n") + "// README begin\n".length(),
        source.indexOf("    // README end"));
    assertTrue(Files.readString(Path.of("../README.md")).contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```"),
        "README.md must show the lines between the README marks of " + name);
  }
}
