package dev.upload.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Several contents one behind the other. */
record Joined(List<Content> contents) implements Content {

  Joined {
    contents = List.copyOf(contents);
  }

  @Override
  public Crc32c checksum() {
    Crc32c sum = Crc32c.OF_NOTHING;
    for (Content content : contents) {
      sum = sum.then(content.checksum());
    }
    return sum;
  }

  @Override
  public InputStream open() {
    return new OneByOne(contents.iterator());
  }

  /**
   * Opens each content when the one before it has been read; what was not reached is never opened.
   */
  private static final class OneByOne extends InputStream {

    private final Iterator<Content> rest;
    private InputStream current = InputStream.nullInputStream();

    OneByOne(Iterator<Content> rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = current.read(bytes, offset, length);
      while (count < 0 && rest.hasNext()) {
        current.close();
        current = rest.next().open();
        count = current.read(bytes, offset, length);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
