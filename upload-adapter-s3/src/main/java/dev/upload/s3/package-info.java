/**
 * Uploads in an S3 bucket: parts and fragments for the bytes, chains of objects for the records.
 */
@NullMarked
package dev.upload.s3;

import org.jspecify.annotations.NullMarked;
