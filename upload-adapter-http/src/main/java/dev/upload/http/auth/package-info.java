/**
 * Who sends a request: credentials of several kinds become one {@code Requester}. Protocols know
 * nothing of this.
 */
@NullMarked
package dev.upload.http.auth;

import org.jspecify.annotations.NullMarked;
