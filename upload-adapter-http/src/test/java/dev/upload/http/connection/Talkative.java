package dev.upload.http.connection;

import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.RequestBytes;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Tells its clients more than once how far they have come. */
@Controller("/talkative")
@Requires(property = "test.talkative")
@ExecuteOn(TaskExecutors.BLOCKING)
final class Talkative {

  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch told = new CountDownLatch(0);

  /** Holds answers to {@code /held} until the returned gate is opened. */
  CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Returns what is opened when another {@code count} requests have told something. */
  CountDownLatch told(int count) {
    told = new CountDownLatch(count);
    return told;
  }

  /** Tells the name, then each number of bytes that were read so far. */
  @Post(uri = "/{name}", consumes = MediaType.ALL, produces = MediaType.TEXT_PLAIN)
  HttpResponse<?> take(HttpRequest<?> incoming, @PathVariable String name)
      throws InterruptedException {
    InterimResponses interim = InterimResponses.of(incoming);
    interim.send(104, Map.of("Location", "/talkative/" + name));
    told.countDown();
    if (name.equals("held")) {
      gate.await();
    }
    try (RequestBytes bytes = MicronautBody.take(incoming)) {
      for (ByteBuf some = bytes.next(); some.isReadable(); some = bytes.next()) {
        some.skipBytes(some.readableBytes());
        interim.send(104, Map.of("Upload-Offset", Long.toString(bytes.consumed())));
      }
      return HttpResponse.ok(name + " " + bytes.consumed() + " " + interim.possible())
          .header("X-Name", name);
    }
  }

  @Get(uri = "/{name}", produces = MediaType.TEXT_PLAIN, headRoute = false)
  String get(@PathVariable String name) {
    return "this is " + name;
  }

  @Head("/{name}")
  HttpResponse<?> head(@PathVariable String name) {
    return HttpResponse.ok().contentLength("this is ".length() + name.length());
  }

  /** Says something in vain: after its answer. */
  @Post(uri = "/late/{name}", consumes = MediaType.ALL, produces = MediaType.TEXT_PLAIN)
  String late(HttpRequest<?> incoming, @PathVariable String name) {
    InterimResponses interim = InterimResponses.of(incoming);
    CountDownLatch answered = gate;
    Thread.startVirtualThread(
        () -> {
          try {
            answered.await();
            interim.send(104, Map.of("Location", "/late"));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          told.countDown();
        });
    return name;
  }
}
