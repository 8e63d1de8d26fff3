/** Uploads in a directory: sparse files for the bytes, one SQLite database for the records. */
@NullMarked
package dev.upload.fs;

import org.jspecify.annotations.NullMarked;
