/**
 * The protocol of Resumable.js, Flow.js and simple-uploader.js: a test and an upload per chunk, at
 * one URL. Chunk numbers become byte ranges here, and identifiers of clients become ids of ours.
 */
@NullMarked
package dev.upload.http.resumablejs;

import org.jspecify.annotations.NullMarked;
