/** Ends the server without taking anything from anybody. */
@NullMarked
package dev.upload.http.drain;

import org.jspecify.annotations.NullMarked;
