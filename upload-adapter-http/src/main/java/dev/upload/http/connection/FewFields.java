package dev.upload.http.connection;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** Fields of a message that is being read, of which there may be no more than some. */
final class FewFields extends DefaultHttpHeaders {

  private final int most;

  /**
   * @param validation of names and values
   */
  FewFields(int most, DefaultHttpHeadersFactory validation) {
    super(validation.getNameValidator(), validation.getValueValidator());
    this.most = most;
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    if (size() >= most) {
      throw new TooLongHttpHeaderException("more than %d header fields".formatted(most));
    }
    return super.add(name, value);
  }
}
