/** Where the parts are put together, by hand. */
@NullMarked
package dev.upload.app.wiring;

import org.jspecify.annotations.NullMarked;
