package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  @ParameterizedTest
  @CsvSource({
    "upload.http.resumable-js.path, uploads",
    "upload.http.resumable-js.path, /",
    "upload.http.resumable-js.path, '/up loads'",
    "upload.http.resumable-js.file-parameter-name, ''",
    "upload.http.resumable-js.retry-pause, 2h",
    "upload.http.resumable-js.parameters.chunk-no, x",
    "upload.http.files.path, '/{id}'",
    "upload.http.resumable.progress-bytes, 0",
    "upload.http.resumable.progress-interval, 0s"
  })
  void aWrongValueEndsTheStartUnderItsKey(String key, String value) {
    try (ApplicationContext context =
        ApplicationContext.builder().properties(Map.of(key, value)).build()) {
      assertThatThrownBy(context::start).hasStackTraceContaining(key);
    }
  }
}
