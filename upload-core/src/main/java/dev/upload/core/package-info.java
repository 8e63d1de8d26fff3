/**
 * The use cases of resumable uploads. {@link dev.upload.core.Uploads} bundles them for users of the
 * library.
 */
@NullMarked
package dev.upload.core;

import org.jspecify.annotations.NullMarked;
