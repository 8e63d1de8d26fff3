package dev.upload.http.body;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fields that come behind a body (RFC 9110, section 6.5), if its head has announced them. */
public final class RequestTrailers {

  private RequestTrailers() {}

  /** Tells whether {@code request} says that the field {@code name} will follow its body. */
  public static boolean announced(HttpRequest<?> request, String name) {
    HttpHeaders headers = request.getHeaders();
    return Stream.of(HttpHeaders.TRAILER, TrailerFrames.ANNOUNCED.toString())
        .flatMap(header -> headers.getAll(header).stream())
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .anyMatch(field -> field.strip().equalsIgnoreCase(name));
  }

  /** Returns the field {@code name} behind a body that was read to its end, if it came. */
  public static Optional<String> find(HttpRequest<?> request, String name) {
    return lines(request, name).stream().findFirst();
  }

  /** Returns all lines of that field, none if it did not come. */
  public static List<String> lines(HttpRequest<?> request, String name) {
    if (!(request instanceof NettyHttpRequest<?> netty)) {
      return List.of();
    }
    return netty.getNativeRequest() instanceof TrailingRequest trailing
        ? trailing.trailer().getAll(name)
        : TrailerFrames.lines(
            netty.getChannelHandlerContext().channel(),
            netty.getNativeRequest().headers().get(TrailerFrames.STREAM),
            name);
  }
}
