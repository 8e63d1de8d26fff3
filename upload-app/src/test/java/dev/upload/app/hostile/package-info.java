/** Clients that mean harm, and what they cost. */
@NullMarked
package dev.upload.app.hostile;

import org.jspecify.annotations.NullMarked;
