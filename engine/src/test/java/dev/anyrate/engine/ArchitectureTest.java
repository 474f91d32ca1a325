package dev.anyrate.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
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
  private static final String ROOT = "dev.anyrate.engine";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LONGEST_FILE = 400;

  /// The classes beside [Engine], without those of the tests.
  private static final JavaClasses ENGINE = new ClassFileImporter()
      .importUrl(Engine.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void eachPackageUsesOnlyThoseBelowIt() {
    LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers()
        .layer("memory").definedBy(ROOT + ".memory")
        .layer("parallel").definedBy(ROOT + ".parallel")
        .layer("tensor").definedBy(ROOT + ".tensor")
        .layer("kernel").definedBy(ROOT + ".kernel")
        .layer("heap").definedBy(ROOT + ".kernel.heap")
        .layer("scalar").definedBy(ROOT + ".kernel.scalar")
        .layer("simd").definedBy(ROOT + ".kernel.simd")
        .layer("blas").definedBy(ROOT + ".kernel.blas")
        .layer("opencl").definedBy(ROOT + ".kernel.opencl")
        .layer("autograd").definedBy(ROOT + ".autograd")
        .layer("ops").definedBy(ROOT + ".ops")
        .layer("engine").definedBy(ROOT)
        .whereLayer("memory").mayNotAccessAnyLayer()
        .whereLayer("parallel").mayNotAccessAnyLayer()
        .whereLayer("tensor").mayOnlyAccessLayers("memory")
        .whereLayer("kernel").mayOnlyAccessLayers("memory", "parallel", "tensor")
        .whereLayer("heap").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel")
        .whereLayer("scalar").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel", "heap")
        .whereLayer("simd").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel", "heap", "scalar")
        .whereLayer("blas").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel", "heap", "scalar")
        .whereLayer("opencl").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel")
        .whereLayer("autograd").mayOnlyAccessLayers("memory", "tensor", "kernel")
        .whereLayer("ops").mayOnlyAccessLayers("memory", "tensor", "kernel", "autograd")
        .whereLayer("engine").mayOnlyAccessLayers("memory", "parallel", "tensor", "kernel", "autograd")
        .ensureAllClassesAreContainedInArchitectureIgnoring(resideInAPackage("java.."));
    layers.check(ENGINE);
  }

  /// A second width makes the compiler keep vectors as objects in some loops of some runs, see `docs/design-notes.md`.
  @Test
  void vectorsHaveOneWidth() {
    noClasses().that().doNotHaveSimpleName("SimdSpecies").should().accessFieldWhere(
        DescribedPredicate.describe("another species of vectors",
            access -> access.getTargetOwner().getPackageName().equals("jdk.incubator.vector")
                && access.getTarget().getName().startsWith("SPECIES_")))
        .check(ENGINE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(ENGINE);
  }

  @Test
  void theVectorApiStaysInOnePackage() {
    noClasses().that().resideOutsideOfPackage(ROOT + ".kernel.simd..").should().dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..").check(ENGINE);
  }

  @Test
  void jblasStaysInOnePackage() {
    noClasses().that().resideOutsideOfPackage(ROOT + ".kernel.blas..").should().dependOnClassesThat()
        .resideInAPackage("org.jblas..").check(ENGINE);
  }

  @Test
  void joclStaysInOnePackage() {
    noClasses().that().resideOutsideOfPackage(ROOT + ".kernel.opencl..").should().dependOnClassesThat()
        .resideInAPackage("org.jocl..").check(ENGINE);
  }

  @Test
  void classesAreNamedByWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Misc|Common)(\\$.*)?").check(ENGINE);
  }

  @Test
  void nothingIsPrinted() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ENGINE);
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
