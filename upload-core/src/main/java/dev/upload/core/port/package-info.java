/** What the core needs of the world. Blocking: made to be called on virtual threads. */
@NullMarked
package dev.upload.core.port;

import org.jspecify.annotations.NullMarked;
