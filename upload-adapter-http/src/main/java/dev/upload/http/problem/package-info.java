/**
 * What refusals and faults look like: one table from rejection and dialect to status, and problem
 * documents (RFC 9457) as the body of every error.
 */
@NullMarked
package dev.upload.http.problem;

import org.jspecify.annotations.NullMarked;
