/** What the server does by itself. */
@NullMarked
package dev.upload.app.jobs;

import org.jspecify.annotations.NullMarked;
