package dev.upload.http;

import dev.upload.core.model.Owner;
import io.micronaut.http.HttpRequest;

/** Says whose request it is. */
@FunctionalInterface
public interface OwnerResolver {

  Owner ownerOf(HttpRequest<?> request);
}
