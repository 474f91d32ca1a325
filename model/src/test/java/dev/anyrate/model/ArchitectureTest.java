package dev.anyrate.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The structure that the package documentation promises.
class ArchitectureTest {
  private static final String ROOT = "dev.anyrate.model";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LONGEST_FILE = 400;

  /// The classes beside [ContrastiveModel], without those of the tests.
  private static final JavaClasses MODEL = new ClassFileImporter()
      .importUrl(ContrastiveModel.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void eachPackageUsesOnlyThoseBelowIt() {
    LayeredArchitecture packages = layeredArchitecture().consideringOnlyDependenciesInLayers()
        .layer("layers").definedBy(ROOT + ".layers")
        .layer("algebra").definedBy(ROOT + ".algebra")
        .layer("minirocket").definedBy(ROOT + ".minirocket")
        .layer("encoder").definedBy(ROOT + ".encoder")
        .layer("loss").definedBy(ROOT + ".loss")
        .layer("optim").definedBy(ROOT + ".optim")
        .layer("io").definedBy(ROOT + ".io")
        .layer("contract").definedBy(ROOT + ".contract")
        .layer("evaluate").definedBy(ROOT + ".evaluate..")
        .layer("root").definedBy(ROOT)
        .layer("train").definedBy(ROOT + ".train")
        .whereLayer("layers").mayNotAccessAnyLayer()
        .whereLayer("algebra").mayNotAccessAnyLayer()
        .whereLayer("minirocket").mayNotAccessAnyLayer()
        .whereLayer("loss").mayNotAccessAnyLayer()
        .whereLayer("io").mayNotAccessAnyLayer()
        .whereLayer("contract").mayNotAccessAnyLayer()
        .whereLayer("evaluate").mayOnlyAccessLayers("io", "contract", "algebra", "minirocket")
        .whereLayer("encoder").mayOnlyAccessLayers("layers")
        .whereLayer("optim").mayOnlyAccessLayers("layers")
        .whereLayer("root").mayOnlyAccessLayers("layers", "encoder", "loss", "io", "contract", "algebra", "minirocket")
        .whereLayer("train")
        .mayOnlyAccessLayers("root", "layers", "encoder", "loss", "optim", "io", "contract", "evaluate", "minirocket")
        .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(ROOT + ".."));
    packages.check(MODEL);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MODEL);
  }

  @Test
  void numericsAreTheEnginesBusiness() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("jdk.incubator.vector..", "org.jblas..", "org.jocl..",
        "dev.anyrate.engine.kernel.scalar..", "dev.anyrate.engine.kernel.simd..", "dev.anyrate.engine.kernel.blas..")
        .check(MODEL);
  }

  @Test
  void classesAreNamedByWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Misc|Common)(\\$.*)?").check(MODEL);
  }

  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MODEL);
  }

  @Test
  void filesStayShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) tooLong.add(file + ": " + lines + " lines");
    }
    assertEquals(List.of(), tooLong);
  }

  @Test
  void everyPackageSaysWhatBelongsIntoIt() throws IOException {
    for (Path file : sources()) {
      Path description = file.resolveSibling("package-info.java");
      assertTrue(Files.exists(description), description + " is missing");
      assertTrue(Files.readString(description).startsWith("///"), description + " does not begin with ///");
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> found = files.filter(path -> path.toString().endsWith(".java")).toList();
      assertFalse(found.isEmpty(), "no sources in " + SOURCES.toAbsolutePath());
      return found;
    }
  }
}
