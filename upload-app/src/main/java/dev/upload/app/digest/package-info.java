/** Digests that can be written down in their middle. */
@NullMarked
package dev.upload.app.digest;

import org.jspecify.annotations.NullMarked;
