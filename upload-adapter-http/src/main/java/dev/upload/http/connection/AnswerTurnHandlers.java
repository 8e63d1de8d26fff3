package dev.upload.http.connection;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.netty.channel.ChannelHandler;
import jakarta.inject.Singleton;

/** Has every connection send interim responses, nearest to Micronaut: it sees the same requests. */
@Singleton
@Order(Ordered.LOWEST_PRECEDENCE)
final class AnswerTurnHandlers implements MessageHandlers {

  @Override
  public String name() {
    return "upload-answer-turns";
  }

  @Override
  public ChannelHandler forConnection() {
    return new AnswerTurns();
  }
}
