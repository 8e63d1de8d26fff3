/** What stands between the connections of HTTP/1.1 and Micronaut. */
@NullMarked
package dev.upload.http.connection;

import org.jspecify.annotations.NullMarked;
