/**
 * Turns the buffers of a request into the core's {@code ChunkBody}: no aggregation, no copy through
 * the heap, bounded memory. Knows Netty and Micronaut's body types; nothing else of this module
 * does.
 */
@NullMarked
package dev.upload.http.body;

import org.jspecify.annotations.NullMarked;
