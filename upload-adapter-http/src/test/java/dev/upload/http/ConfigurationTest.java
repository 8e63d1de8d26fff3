package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.http.files.FilesConfiguration;
import dev.upload.http.resumablejs.ResumableJsConfiguration;
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
    "upload.http.files.path, '/{id}'"
  })
  void aWrongValueIsNamedByItsKey(String key, String value) {
    try (ApplicationContext context = ApplicationContext.run(Map.of(key, value))) {
      Class<?> type =
          key.startsWith("upload.http.files")
              ? FilesConfiguration.class
              : ResumableJsConfiguration.class;

      assertThatThrownBy(() -> context.getBean(type)).hasStackTraceContaining(key);
    }
  }
}
