/** What only Linux can do, by its system calls. */
@NullMarked
package dev.upload.app.linux;

import org.jspecify.annotations.NullMarked;
