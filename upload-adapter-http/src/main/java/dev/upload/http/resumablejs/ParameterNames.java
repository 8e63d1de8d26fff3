package dev.upload.http.resumablejs;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each parameter is called in each spelling. */
@Singleton
final class ParameterNames {

  private final Map<Spelling, Map<Parameter, String>> names = new EnumMap<>(Spelling.class);
  private final Set<String> known = new HashSet<>();
  private final Set<String> fileFields;

  ParameterNames(ResumableJsConfiguration configuration) {
    for (Spelling spelling : Spelling.values()) {
      Map<Parameter, String> own = new EnumMap<>(Parameter.class);
      for (Parameter parameter : Parameter.values()) {
        own.put(parameter, name(parameter, spelling, configuration));
      }
      names.put(spelling, own);
      known.addAll(own.values());
    }
    String file = configuration.fileParameterName();
    fileFields =
        Set.of(file).contains(configuration.parameterNamespace() + file)
            ? Set.of(file)
            : Set.of(file, configuration.parameterNamespace() + file);
  }

  private static String name(
      Parameter parameter, Spelling spelling, ResumableJsConfiguration configuration) {
    String given = parameter.named(spelling.prefix());
    return spelling == Spelling.RESUMABLE_JS
        ? configuration.parameterNamespace()
            + configuration.parameters().getOrDefault(parameter.key(), given)
        : given;
  }

  /** Returns what {@code parameter} is called. */
  String of(Parameter parameter, Spelling spelling) {
    return names.getOrDefault(spelling, Map.of()).getOrDefault(parameter, "");
  }

  /** Tells whether some spelling has a parameter of this name. */
  boolean isKnown(String name) {
    return known.contains(name);
  }

  /** Tells whether a field of this name is the file, even if it has no file name. */
  boolean isFile(String name) {
    return fileFields.contains(name);
  }
}
