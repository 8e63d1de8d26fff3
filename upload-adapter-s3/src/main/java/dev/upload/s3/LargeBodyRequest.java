package dev.upload.s3;

import java.io.IOException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** One request with a large body. */
final class LargeBodyRequest implements ExecutableHttpRequest {

  private final HttpClient client;
  private final HttpUriRequestBase request;
  private final HttpHost host;

  LargeBodyRequest(
      HttpClient client, SdkHttpRequest signed, ContentStreamProvider body, long length) {
    this.client = client;
    host = new HttpHost(signed.protocol(), signed.host(), signed.port());
    request = new HttpUriRequestBase(signed.method().name(), signed.getUri());
    signed.forEachHeader((name, values) -> values.forEach(value -> copy(name, value)));
    request.setEntity(new LargeBody(body, length));
  }

  /** What the client says by itself it must not be told. */
  private void copy(String name, String value) {
    if (!Header.CONTENT_LENGTH.equalsIgnoreCase(name) && !Header.HOST.equalsIgnoreCase(name)) {
      request.addHeader(name, value);
    }
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    return answer(client.executeOpen(host, request, null));
  }

  private HttpExecuteResponse answer(ClassicHttpResponse response) throws IOException {
    SdkHttpFullResponse.Builder head =
        SdkHttpFullResponse.builder()
            .statusCode(response.getCode())
            .statusText(response.getReasonPhrase());
    response
        .headerIterator()
        .forEachRemaining(header -> head.appendHeader(header.getName(), header.getValue()));
    HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder().response(head.build());
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      response.close();
    } else {
      answer.responseBody(AbortableInputStream.create(entity.getContent(), request::abort));
    }
    return answer.build();
  }

  @Override
  public void abort() {
    request.abort();
  }
}
