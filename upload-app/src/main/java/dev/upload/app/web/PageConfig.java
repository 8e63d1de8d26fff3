package dev.upload.app.web;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What the page has to know of the server.
 *
 * @param target the URL path of the Resumable.js endpoint
 * @param filesPath the URL path of uploads and finished files
 * @param maxLength bytes of a file
 * @param maxChunk bytes of a chunk; the last one may be almost twice the chunk size
 */
@Serdeable
public record PageConfig(String target, String filesPath, long maxLength, long maxChunk) {}
