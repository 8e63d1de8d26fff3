/**
 * Resumable Uploads for HTTP, the IETF's draft, in every version that clients speak: fields become
 * calls of the core here, and sessions become fields.
 */
@NullMarked
package dev.upload.http.rufh;

import org.jspecify.annotations.NullMarked;
