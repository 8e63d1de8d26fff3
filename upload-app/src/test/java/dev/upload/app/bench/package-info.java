/** What a byte costs in the packaged app, measured against sinks of our own in the same run. */
@NullMarked
package dev.upload.app.bench;

import org.jspecify.annotations.NullMarked;
