package dev.upload.s3;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One piece of a chunk, held back until it is complete and can be sent, and sent again. Filled by
 * one thread; closing frees the room that it takes.
 */
interface Stage extends Content, AutoCloseable {

  /** Takes all of {@code bytes}. The owner sees to it that there is room. */
  void append(ByteBuffer bytes) throws IOException;

  @Override
  void close();
}
