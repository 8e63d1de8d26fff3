package dev.upload.http.resumablejs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * How Resumable.js and its relatives are served.
 *
 * @param path of the endpoint
 * @param parameterNamespace prefix of every parameter and of the file's field, as the client's
 *     {@code parameterNamespace}
 * @param parameters other names for Resumable.js's parameters, by keys such as {@code chunk-number}
 * @param fileParameterName name of the file's field; needed for files in base64 only, others are
 *     known by their file name
 * @param retryPause how long an answer is held back after which clients try again at once
 */
@Context
@ConfigurationProperties(ResumableJsConfiguration.PREFIX)
public record ResumableJsConfiguration(
    @Bindable(defaultValue = ResumableJsConfiguration.DEFAULT_PATH) String path,
    @Bindable(defaultValue = "") String parameterNamespace,
    @MapFormat(transformation = MapFormat.MapTransformation.FLAT) Map<String, String> parameters,
    @Bindable(defaultValue = "file") String fileParameterName,
    @Bindable(defaultValue = "500ms") Duration retryPause) {

  static final String PREFIX = "upload.http.resumable-js";
  static final String DEFAULT_PATH = "/uploads";

  private static final Duration MAX_RETRY_PAUSE = Duration.ofMinutes(1);

  public ResumableJsConfiguration {
    parameters = Map.copyOf(parameters);
    require(path.matches("(/[A-Za-z0-9._~-]+)+"), "path", "a path such as /uploads", path);
    require(!fileParameterName.isEmpty(), "file-parameter-name", "a name", fileParameterName);
    require(
        !retryPause.isNegative() && retryPause.compareTo(MAX_RETRY_PAUSE) <= 0,
        "retry-pause",
        "from 0 to " + MAX_RETRY_PAUSE,
        retryPause);
    for (Map.Entry<String, String> renamed : parameters.entrySet()) {
      boolean known =
          Arrays.stream(Parameter.values()).anyMatch(one -> one.key().equals(renamed.getKey()));
      require(
          known,
          "parameters." + renamed.getKey(),
          "the name of a parameter in the key",
          renamed.getValue());
      require(
          !renamed.getValue().isBlank(),
          "parameters." + renamed.getKey(),
          "a name",
          renamed.getValue());
    }
  }

  private static void require(boolean valid, String key, String expected, Object actual) {
    if (!valid) {
      throw new ConfigurationException(
          "%s.%s: expected %s, not '%s'".formatted(PREFIX, key, expected, actual));
    }
  }
}
