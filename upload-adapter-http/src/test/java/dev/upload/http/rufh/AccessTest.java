package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Requirement 13: URLs cannot be guessed, and every request is permitted or not by itself. */
@MicronautTest
class AccessTest {

  @Inject EmbeddedServer server;

  @Test
  void anUploadHasAUrlOfItsOwnThatNobodyCanGuess() throws Exception {
    RufhClient client = new RufhClient(server);

    String one = client.begin();
    String other = client.begin();

    assertThat(one).matches("/files/[0-9a-f]{32}").isNotEqualTo(other);
  }

  @EveryVersion
  void somebodyElsesUploadIsNotThere(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false, TestBeans.OWNER, "alice"));
    String[] bob = {TestBeans.OWNER, "bob"};

    assertThat(client.head(upload, bob).statusCode()).isEqualTo(404);
    assertThat(client.append(upload, 5, bytes("!"), true, bob).statusCode()).isEqualTo(404);
    assertThat(client.delete(upload, bob).statusCode()).isEqualTo(404);
    assertThat(header(client.head(upload, TestBeans.OWNER, "alice"), "Upload-Offset"))
        .isEqualTo("5");
  }

  @Test
  void whoeverNobodyKnowsBeginsNothing() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> answer =
        client.create(bytes("hello"), true, TestBeans.OWNER, TestBeans.NOBODY);

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void whoeverMayNotWriteAnyMoreDoesNotCompleteWhatTheyBegan() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), false));

    HttpResponse<byte[]> answer =
        client.append(upload, 5, new byte[0], true, TestBeans.DENIED, "WRITE");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(header(answer, "Upload-Complete")).isEqualTo("?0");
    assertThat(header(client.head(upload), "Upload-Complete")).isEqualTo("?0");
  }
}
