package dev.upload.http.connection;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Map;

/** Interim responses to a request of HTTP/1.1. */
record Http1Interims(EventLoop loop, AnswerTurns turns, HttpRequest request)
    implements InterimResponses {

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public void send(int status, Map<String, String> headers) {
    Interim interim = new Interim(status, headers);
    LoopTasks.done(loop, () -> turns.send(request, interim));
  }
}
