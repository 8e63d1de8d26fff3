/** What stands between connections and Micronaut. */
@NullMarked
package dev.upload.http.connection;

import org.jspecify.annotations.NullMarked;
