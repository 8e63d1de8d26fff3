package dev.upload.app.config;

import dev.upload.core.model.UploadAction;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code upload.auth.users.*}, {@code .tokens.*} and {@code .actions.*}: what is said of each
 * owner.
 *
 * @param users passwords, or hashes of them, by name
 * @param tokens bearer tokens, or digests of them, by owner
 * @param actions what owners may do, where that is not everything
 */
@ConfigurationProperties("upload.auth")
public record AuthSecrets(
    @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> users,
    @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> tokens,
    @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> actions) {

  public AuthSecrets {
    users = Map.copyOf(users);
    tokens = Map.copyOf(tokens);
    actions = Map.copyOf(actions);
  }

  /** Returns what each owner may do of whom something is said. */
  public Map<String, Set<UploadAction>> permitted() {
    Map<String, Set<UploadAction>> permitted = new TreeMap<>();
    actions.forEach((owner, names) -> permitted.put(owner, parsed(owner, names)));
    return permitted;
  }

  private static Set<UploadAction> parsed(String owner, String names) {
    Set<UploadAction> parsed = EnumSet.noneOf(UploadAction.class);
    for (String name : names.split(",", -1)) {
      try {
        parsed.add(UploadAction.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "upload.auth.actions.%s: '%s' is none of create, write, describe, read, cancel"
                .formatted(owner, name.strip()));
      }
    }
    return parsed;
  }

  /** Names the owners only. */
  @Override
  public String toString() {
    return "AuthSecrets[users=%s, tokens=%s]".formatted(users.keySet(), tokens.keySet());
  }
}
