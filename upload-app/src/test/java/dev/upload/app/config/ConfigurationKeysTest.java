package dev.upload.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.naming.NameUtils;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationKeysTest {

  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  @TempDir Path root;

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("upload.", UploadSettings.class),
        Arguments.of("upload.limits.", LimitSettings.class),
        Arguments.of("upload.store.", StoreSettings.class),
        Arguments.of("upload.store.filesystem.", FilesystemSettings.class),
        Arguments.of("upload.store.s3.", S3Settings.class),
        Arguments.of("upload.auth.", AuthSettings.class),
        Arguments.of("upload.auth.jwt.", JwtSettings.class));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingHasAKey(String prefix, Class<?> type) {
    assertThat(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName))
        .allSatisfy(
            name ->
                assertThat(ConfigurationKeys.covering(prefix + NameUtils.hyphenate(name)))
                    .as(prefix + name)
                    .isPresent());
  }

  @Test
  void theDocumentListsEveryKeyWithItsDefault() throws IOException {
    String table =
        ConfigurationKeys.ALL.stream()
            .map(ConfigurationKeysTest::row)
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(DOCUMENT, StandardCharsets.UTF_8)).contains(table);
  }

  private static String row(ConfigurationKey key) {
    String byDefault = key.byDefault().isEmpty() ? "–" : "`" + key.byDefault() + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(
            key.name(), byDefault, key.kind().name().toLowerCase(Locale.ROOT), key.meaning());
  }

  @Test
  void theDefaultsAreThoseThatTheDocumentNames() {
    Map<String, Object> named =
        ConfigurationKeys.ALL.stream()
            .filter(key -> !key.byDefault().isEmpty())
            .collect(Collectors.toMap(ConfigurationKey::name, ConfigurationKey::byDefault));

    try (ApplicationContext silent = ApplicationContext.builder().properties(storeIn("a")).build();
        ApplicationContext outspoken =
            ApplicationContext.builder().properties(with(named, "b")).build()) {
      silent.start();
      outspoken.start();
      for (Class<?> type :
          new Class<?>[] {
            UploadSettings.class,
            LimitSettings.class,
            StoreSettings.class,
            S3Settings.class,
            AuthSettings.class,
            JwtSettings.class
          }) {
        assertThat(outspoken.getBean(type)).isEqualTo(silent.getBean(type));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "upload.expiry,abc",
    "upload.expiry,-5d",
    "upload.limits.max-length,lots",
    "upload.limits.max-length,0",
    "upload.limits.min-free,-1",
    "upload.limits.min-length,-1",
    "upload.limits.min-append,2048GB",
    "upload.limits.max-gaps,1.5",
    "upload.store.type,tape",
    "upload.durability,hopeful",
    "upload.destination,{filename}",
    "upload.destination,../{id}",
    "upload.store.s3.path-style,maybe",
    "upload.store.s3.sign-bodies,perhaps",
    "upload.stor.type,s3",
    "upload.http.resumable-js.path,uploads"
  })
  void aWrongSettingIsRefusedUnderItsKey(String key, String value) {
    ApplicationContext context =
        ApplicationContext.builder().properties(with(Map.of(key, value), "c")).build();

    assertThatThrownBy(context::start)
        .satisfies(failure -> assertThat(rootCause(failure)).hasMessageContaining(key));
    context.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "micronaut.server.host=0.0.0.0; micronaut.server.host is 0.0.0.0",
        "micronaut.server.host=192.0.2.1; micronaut.server.host is 192.0.2.1",
        "micronaut.server.host=::; micronaut.server.host is ::",
        "micronaut.server.host=; micronaut.server.host is",
        "micronaut.server.netty.listeners.a.port=0; micronaut.server.netty.listeners is set",
        "upload.auth.methods=none; upload.auth.methods",
        "upload.auth.methods=basic; upload.auth.users is not set",
        "upload.auth.methods=basic, bearer|upload.auth.users.a=b; upload.auth.tokens is not set",
        "upload.auth.methods=signed; upload.auth.signing-key is not set",
        "upload.auth.users.a=b; upload.auth.methods has no basic",
        "upload.auth.methods=bearer|upload.auth.tokens.a=short; upload.auth.tokens",
        "upload.auth.methods=basic|upload.auth.users.a=$2y$broken; upload.auth.users",
        "upload.auth.methods=signed|upload.auth.signing-key=short; upload.auth.signing-key",
        "upload.auth.methods=jwt; upload.auth.jwt.jwks-url is not set",
        "upload.auth.methods=jwt|upload.auth.jwt.jwks-url=https://a.example;"
            + " upload.auth.jwt.issuer",
        "upload.auth.methods=jwt|upload.auth.jwt.jwks-url=http://192.0.2.1/|"
            + "upload.auth.jwt.issuer=a|upload.auth.jwt.audience=b; has to be https",
        "upload.auth.actions.a=fly; upload.auth.actions.a",
        "upload.limits.max-open-bytes=-1; upload.limits.max-open-bytes",
        "upload.auth.protect-page=maybe; upload.auth.protect-page"
      })
  void aChoiceOfUsersThatIsMissingOrDoesNotFitIsRefused(String settings, String reason) {
    Map<String, String> given =
        Arrays.stream(settings.split("\\|"))
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    ApplicationContext context = ApplicationContext.builder().properties(with(given, "d")).build();

    assertThatThrownBy(context::start)
        .satisfies(failure -> assertThat(rootCause(failure)).hasMessageContaining(reason));
    context.close();
  }

  @Test
  void bytesThatNothingWouldGuardAreRefused() {
    S3Settings settings =
        new S3Settings(
            "bucket",
            null,
            "us-east-1",
            true,
            "",
            null,
            null,
            true,
            false,
            false,
            0,
            Duration.ofMinutes(2));

    assertThatThrownBy(settings::config)
        .hasMessageContaining("upload.store.s3.sign-bodies")
        .hasMessageContaining("upload.store.s3.portable");
  }

  @Test
  void howLongItMayKeepSilentIsToldToTheStore() {
    Map<String, Object> given =
        with(
            Map.of("upload.store.s3.bucket", "bucket", "upload.store.s3.answer-timeout", "7s"),
            "g");

    try (ApplicationContext context = ApplicationContext.builder().properties(given).build()) {
      context.start();
      assertThat(context.getBean(S3Settings.class).config().answerTimeout()).hasSeconds(7);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whetherBodiesAreSignedIsToldToTheStore(boolean signBodies) {
    Map<String, Object> given =
        with(
            Map.of(
                "upload.store.s3.bucket",
                "bucket",
                "upload.store.s3.sign-bodies",
                Boolean.toString(signBodies)),
            "f");

    try (ApplicationContext context = ApplicationContext.builder().properties(given).build()) {
      context.start();
      assertThat(context.getBean(S3Settings.class).config().signBodies()).isEqualTo(signBodies);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, 0", "250000, 1, 0, 0", "250000, 0, 1, 0", "0, 0, 0, 1"})
  void aStoreThatDoesNotCountIsNotAskedTo(long uploads, long bytes, long own, long ownBytes) {
    LimitSettings limits = new LimitSettings(1, 1, 1, 0, 0, 1, 1, uploads, bytes, own, ownBytes);

    assertThatThrownBy(() -> limits.requireNoOpenLimits("s3"))
        .hasMessageContaining("upload.limits.max-open");
  }

  @Test
  void theDefaultIsNoRequestToCount() {
    LimitSettings limits = new LimitSettings(1, 1, 1, 0, 0, 1, 1, 250_000, 0, 0, 0);

    assertThatCode(() -> limits.requireNoOpenLimits("s3")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void onLoopbackNothingHasToBeChosen(String host) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .properties(with(Map.of("micronaut.server.host", host), "e"))
            .build()) {
      assertThat(context.start().isRunning()).isTrue();
    }
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  private Map<String, Object> storeIn(String directory) {
    return Map.of("upload.store.filesystem.root", root.resolve(directory).toString());
  }

  private Map<String, Object> with(Map<String, ?> settings, String directory) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(storeIn(directory));
    return all;
  }
}
