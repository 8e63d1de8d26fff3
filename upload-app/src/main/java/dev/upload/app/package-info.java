/** The runnable server: wiring, configuration and the launcher. */
@NullMarked
package dev.upload.app;

import org.jspecify.annotations.NullMarked;
