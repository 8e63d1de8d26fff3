package dev.upload.fs;

import dev.upload.core.model.ByteRange;

/** What the bytes of {@code range} must look like: their CRC-32C. */
record Fingerprint(ByteRange range, int crc32c) {}
