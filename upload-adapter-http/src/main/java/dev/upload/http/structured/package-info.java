/** Structured fields (RFC 9651): integers, booleans and dictionaries in headers and trailers. */
@NullMarked
package dev.upload.http.structured;

import org.jspecify.annotations.NullMarked;
