/**
 * Uploads in a directory: one sparse file each, records in one SQLite database beside them.
 *
 * <p>Start reading at {@link FilesystemUploads}.
 */
@NullMarked
package dev.upload.fs;

import org.jspecify.annotations.NullMarked;
