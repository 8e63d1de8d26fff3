/** Digest fields (RFC 9530): what bytes have to add up to. */
@NullMarked
package dev.upload.http.digest;

import org.jspecify.annotations.NullMarked;
