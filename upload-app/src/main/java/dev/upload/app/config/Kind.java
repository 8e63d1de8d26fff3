package dev.upload.app.config;

import java.util.regex.Pattern;

/** What the value of a key looks like. */
enum Kind {
  TEXT("text", ".*"),
  STORE("filesystem or s3", "(?i)filesystem|s3"),
  LEVEL("eventual, completed or acknowledged", "(?i)eventual|completed|acknowledged"),
  METHODS(
      "anonymous, basic, bearer, jwt, signed, or several of them separated by commas",
      "(?i)(anonymous|basic|bearer|jwt|signed)(\\s*,\\s*(anonymous|basic|bearer|jwt|signed))*"),
  FLAG("true or false", "(?i)true|false"),
  NUMBER("a whole number", "-?[0-9]{1,9}"),
  SIZE(
      "bytes, or a number with KB, MB or GB (powers of 1024)",
      "(?i)-?[0-9]{1,18}|[0-9]{1,9}[KMG]B"),
  DURATION(
      "a number with ms, s, m, h or d, or ISO 8601", "(?i)[0-9]{1,9}(ms|s|m|h|d)|P[0-9DTHMS.]+");

  private final String description;
  private final Pattern form;

  Kind(String description, String form) {
    this.description = description;
    this.form = Pattern.compile(form);
  }

  /** Says what is expected, for documents and messages. */
  String description() {
    return description;
  }

  boolean fits(String value) {
    return form.matcher(value).matches();
  }
}
