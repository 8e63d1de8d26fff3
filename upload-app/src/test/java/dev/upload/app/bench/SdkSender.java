package dev.upload.app.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The AWS SDK alone: uploads equal parts of bytes that it has in memory, with the client that the
 * app uses, whenever somebody connects. Runs as a process of its own.
 *
 * <p>It says each part's checksum in a header, as the app does.
 */
final class SdkSender {

  private final S3Client client;
  private final int parts;
  private final int atOnce;
  private final byte[] part;

  private SdkSender(S3Client client, int parts, int atOnce, int partBytes) {
    this.client = client;
    this.parts = parts;
    this.atOnce = atOnce;
    this.part = new byte[partBytes];
    Connection.block(partBytes).get(part);
  }

  /** Takes the endpoint, how many parts, how many at once, and the bytes of one. */
  public static void main(String[] args) throws Exception {
    SdkSender sender =
        new SdkSender(
            client(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println("Ready at http://127.0.0.1:" + server.getLocalPort() + " after");
      while (true) {
        try (Socket socket = server.accept()) {
          sender.serve(socket);
        }
      }
    }
  }

  private static S3Client client(String endpoint) {
    return S3Client.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Place.ACCESS_KEY, S3Place.SECRET_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(256))
        .build();
  }

  private void serve(Socket socket) throws IOException, InterruptedException, ExecutionException {
    InputStream in = socket.getInputStream();
    byte[] head = new byte[1024];
    int length = in.read(head);
    String path = new String(head, 0, length, StandardCharsets.US_ASCII).split(" ", -1)[1];
    upload("sdk" + path);
    socket
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private void upload(String key) throws InterruptedException, ExecutionException {
    String id =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(S3Place.BUCKET)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C))
            .uploadId();
    List<CompletedPart> completed = new ArrayList<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(atOnce)) {
      List<Callable<CompletedPart>> uploads = new ArrayList<>();
      for (int number = 1; number <= parts; number++) {
        int own = number;
        uploads.add(() -> upload(key, id, own));
      }
      for (Future<CompletedPart> uploaded : senders.invokeAll(uploads)) {
        completed.add(uploaded.get());
      }
    }
    client.completeMultipartUpload(
        request ->
            request
                .bucket(S3Place.BUCKET)
                .key(key)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(completed)));
  }

  private String checksum() {
    CRC32C crc = new CRC32C();
    crc.update(part);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  private CompletedPart upload(String key, String id, int number) {
    String checksum = checksum();
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(part), part.length, "application/octet-stream");
    var answer =
        client.uploadPart(
            request ->
                request
                    .bucket(S3Place.BUCKET)
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumCRC32C(checksum),
            body);
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32C(checksum)
        .build();
  }
}
