/**
 * The tus protocol, version 1.0.0, with all of its extensions: headers become calls of the core
 * here, and sessions become headers.
 */
@NullMarked
package dev.upload.http.tus;

import org.jspecify.annotations.NullMarked;
