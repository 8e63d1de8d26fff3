package dev.upload.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadLocks;
import dev.upload.core.testing.ChunkStoreContract;
import dev.upload.core.testing.SessionRepositoryContract;
import dev.upload.core.testing.UploadLocksContract;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever implements a port has a test that extends the port's contract. */
class ContractsTest {

  private static final List<String> MODULES =
      List.of("upload-core", "upload-adapter-fs", "upload-adapter-s3");

  static Stream<Arguments> portsAndContracts() {
    return Stream.of(
        Arguments.of(ChunkStore.class, ChunkStoreContract.class),
        Arguments.of(SessionRepository.class, SessionRepositoryContract.class),
        Arguments.of(UploadLocks.class, UploadLocksContract.class));
  }

  @ParameterizedTest
  @MethodSource("portsAndContracts")
  void everyImplementationIsHeldToItsContract(Class<?> port, Class<?> contract) {
    for (String module : MODULES) {
      JavaClasses tests = compiled(module, "test-classes");

      for (JavaClass implementation : implementations(compiled(module, "classes"), port)) {
        assertThat(tests)
            .as("a test of %s that extends %s", implementation.getName(), contract.getSimpleName())
            .anyMatch(
                test ->
                    test.isAssignableTo(contract)
                        && !test.getModifiers().contains(JavaModifier.ABSTRACT)
                        && test.getPackageName().startsWith(implementation.getPackageName()));
      }
    }
  }

  private static List<JavaClass> implementations(JavaClasses classes, Class<?> port) {
    return classes.stream()
        .filter(type -> type.isAssignableTo(port) && !type.isInterface())
        .toList();
  }

  private static JavaClasses compiled(String module, String kind) {
    JavaClasses classes = new ClassFileImporter().importPath(Path.of("..", module, "target", kind));
    assertThat(classes).as("compiled %s of %s", kind, module).isNotEmpty();
    return classes;
  }
}
