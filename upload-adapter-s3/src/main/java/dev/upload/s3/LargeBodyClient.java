package dev.upload.s3;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Sends large bodies in large blocks: the SDK's client writes 4 KiB at a time, which costs more
 * than all else that it does. Any other request is left to it.
 */
final class LargeBodyClient implements SdkHttpClient {

  private static final long LARGE_BYTES = 1 << 20;
  private static final TimeValue IDLE = TimeValue.ofMinutes(1);
  private static final Timeout PATIENCE = Timeout.ofSeconds(10);

  private final SdkHttpClient others;
  private final CloseableHttpClient client;

  /**
   * @param others sends all other requests; closed with this
   */
  LargeBodyClient(SdkHttpClient others, int connections, Duration connecting, Duration answering) {
    this.others = others;
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(connections)
                    .setMaxConnPerRoute(connections)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(connecting))
                            .setSocketTimeout(Timeout.of(answering))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(PATIENCE)
                    .setResponseTimeout(Timeout.of(answering))
                    .build())
            .evictExpiredConnections()
            .evictIdleConnections(IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    long length =
        request
            .httpRequest()
            .firstMatchingHeader(Header.CONTENT_LENGTH)
            .map(Long::parseLong)
            .orElse(0L);
    // the clients differ in how they spell such a path
    boolean strangePath = request.httpRequest().encodedPath().contains("//");
    return length < LARGE_BYTES || strangePath || request.contentStreamProvider().isEmpty()
        ? others.prepareRequest(request)
        : new LargeBodyRequest(
            client, request.httpRequest(), request.contentStreamProvider().get(), length);
  }

  @Override
  public String clientName() {
    return others.clientName();
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    others.close();
  }
}
