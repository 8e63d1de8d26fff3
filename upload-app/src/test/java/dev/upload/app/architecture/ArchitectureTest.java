package dev.upload.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.upload.core.Uploads;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

@AnalyzeClasses(packages = "dev.upload", importOptions = ProductionCode.class)
class ArchitectureTest {

  private static final String CORE = "dev.upload.core..";

  @ArchTest
  static final ArchRule coreNeedsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CORE, "java..", "org.jspecify..")
          .because("the core is used by projects that have another framework or none");

  @ArchTest
  static final ArchRule coreTouchesNoInfrastructure =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
          .because("files, networks and databases are behind ports");

  @ArchTest
  static final ArchRule modelKnowsOnlyItself =
      noClasses()
          .that()
          .resideInAPackage("dev.upload.core.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.upload.core", "dev.upload.core.port..")
          .because("model <- port <- use cases is the only direction");

  @ArchTest
  static final ArchRule portsKnowOnlyTheModel =
      noClasses()
          .that()
          .resideInAPackage("dev.upload.core.port..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.upload.core")
          .because("model <- port <- use cases is the only direction");

  @ArchTest
  static final ArchRule theFrameworkStaysAtTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.upload.http..", "dev.upload.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micronaut..", "jakarta..", "io.netty..")
          .because("stores and core have to work without it");

  @ArchTest
  static final ArchRule theAwsSdkStaysInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.upload.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because("S3's ways are that module's secret");

  @ArchTest
  static final ArchRule adaptersDoNotKnowEachOther =
      slices()
          .matching("dev.upload.(fs|s3|http)..")
          .should()
          .notDependOnEachOther()
          .because("each can be left out");

  @ArchTest
  static final ArchRule protocolsDoNotKnowEachOther =
      slices()
          .matching("dev.upload.http.(resumablejs|tus|rufh)..")
          .should()
          .notDependOnEachOther()
          .because("a protocol is added or removed by itself");

  @ArchTest
  static final ArchRule nobodyGetsRoundTheAuthorizer =
      noClasses()
          .that()
          .resideInAnyPackage("dev.upload.http..", "dev.upload.app.web..")
          .and()
          .haveNameNotMatching("dev\\.upload\\.http\\.\\$?UploadAccess(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Uploads.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(SessionRepository.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ChunkStore.class)
          .because("requests reach uploads as their sender has them, so no protocol can forget");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.upload.(**)")
          .should()
          .beFreeOfCycles()
          .because("layers have a direction");

  @ArchTest
  static final ArchRule portsAreBlocking =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.upload.core.port..")
          .should()
          .haveRawReturnType(CompletionStage.class)
          .orShould()
          .haveRawReturnType("org.reactivestreams.Publisher")
          .because("work is done on virtual threads");

  @ArchTest
  static final ArchRule portsThrowNoCheckedExceptionsButTheBody =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.upload.core.port..")
          .and()
          .areDeclaredInClassesThat()
          .areInterfaces()
          .and()
          .areDeclaredInClassesThat()
          .haveSimpleNameNotEndingWith("Body")
          .and()
          .areDeclaredInClassesThat()
          .areNotAssignableTo(
              java.nio.channels.Channel.class) // a body's sink, which is its business
          .should()
          .notDeclareThrowableOfType(java.io.IOException.class)
          .because("StorageUnavailableException is the one fault that adapters raise");

  @ArchTest
  static final ArchRule coreTakesTimeAndChanceFromOutside =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callConstructor(Random.class)
          .because("a test decides what time it is");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto)")
          .because("such a name says nothing");

  @ArchTest
  static final ArchRule thereIsNoDrawerForOddsAndEnds =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..")
          .because("things live with what they belong to");

  @ArchTest
  static final ArchRule dependenciesComeThroughConstructors =
      fields()
          .should()
          .notBeAnnotatedWith("jakarta.inject.Inject")
          .because("an object is complete once it is made");

  @ArchTest
  static final ArchRule onlyTheLauncherPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.upload.app")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("everything else is logged");

  @ArchTest
  static final ArchRule exceptionsSayWhatHappened = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
