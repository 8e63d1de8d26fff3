package dev.upload.http.connection;

import java.util.Map;

/** The sender understands none. */
enum NoInterims implements InterimResponses {
  INSTANCE;

  @Override
  public boolean possible() {
    return false;
  }

  @Override
  public void send(int status, Map<String, String> headers) {
    // to nobody
  }
}
