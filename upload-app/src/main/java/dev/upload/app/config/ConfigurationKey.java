package dev.upload.app.config;

/**
 * One thing that an operator can choose.
 *
 * @param name as in {@code --name=value}; one that ends with a dot stands for all keys below it
 * @param byDefault empty where there is no default
 * @param meaning for the documents
 */
record ConfigurationKey(String name, Kind kind, String byDefault, String meaning) {

  boolean covers(String property) {
    return name.endsWith(".") ? property.startsWith(name) : property.equals(name);
  }
}
