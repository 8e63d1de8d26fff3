/**
 * A disk that forgets: every file operation is done at once in a real directory, and it is noted
 * what of it a power cut could take.
 */
@NullMarked
package dev.upload.fs.disk;

import org.jspecify.annotations.NullMarked;
