package dev.upload.app.hostile;

import java.util.List;
import java.util.Set;

/** What hostile clients do, each with one connection. */
final class Kinds {

  private static final String HEAD = "GET /uploads HTTP/1.1\r\nHost: x\r\n";
  private static final int CHUNK_BYTES = 256 * 1024;

  private static final String SEND =
      "POST /uploads?resumableChunkNumber=1&resumableTotalChunks=1&resumableChunkSize=%1$d"
          + "&resumableTotalSize=%1$d&resumableFilename=x.bin&resumableIdentifier=%2$s%3$d HTTP/1.1"
          + "\r\nHost: x\r\nContent-Length: %1$d\r\n\r\n";

  private static final String GIANT =
      String.join(
          "\r\n",
          "POST /files HTTP/1.1",
          "Host: x",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 9223372036854775807",
          "",
          "");

  /**
   * One kind.
   *
   * @param expected the statuses that they may see, 0 for none
   */
  record Kind(String name, Set<Integer> expected, Crowd.Mischief mischief) {}

  private Kinds() {}

  /**
   * Returns all that need no more than one connection each.
   *
   * @param round tells their uploads from those of others
   */
  static List<Kind> all(int round) {
    return List.of(
        new Kind("heads that drip", Set.of(0), Kinds::drip),
        new Kind("senders that stop", Set.of(423), (one, number) -> stop(one, round, number)),
        new Kind(
            "senders that come back", Set.of(200), (one, number) -> comeBack(one, round, number)),
        new Kind("senders that vanish", Set.of(0), Kinds::vanish),
        new Kind("two lengths", Set.of(400), saying("Content-Length: 1\r\nContent-Length: 2")),
        new Kind(
            "length and chunks",
            Set.of(400),
            saying("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0")),
        new Kind("a flood of headers", Set.of(431, 0), saying("X-A: b\r\n".repeat(20_000))),
        new Kind("a long header", Set.of(431, 0), saying("X-A: " + "b".repeat(160_000))),
        new Kind("a flood of parameters", Set.of(400, 414), Kinds::parameters),
        new Kind("giant lengths", Set.of(413), (one, number) -> one.say(GIANT).status()));
  }

  private static Crowd.Mischief saying(String headers) {
    return (one, number) -> one.say(HEAD + headers + "\r\n\r\n").status();
  }

  private static int drip(Stranger one, int number) throws Exception {
    one.say("GET / HTTP/1.1\r\nX-Number: " + number).awaitEnd();
    return 0;
  }

  private static int stop(Stranger one, int round, int number) throws Exception {
    return one.say(SEND.formatted(CHUNK_BYTES, "s" + round + "-", number) + "x".repeat(9_000))
        .status();
  }

  /** Whoever was cut off holds nothing any more: the same chunk is taken at once. */
  private static int comeBack(Stranger one, int round, int number) throws Exception {
    return one.say(SEND.formatted(CHUNK_BYTES, "s" + round + "-", number) + "x".repeat(CHUNK_BYTES))
        .status();
  }

  private static int vanish(Stranger one, int number) throws Exception {
    one.say(SEND.formatted(CHUNK_BYTES, "v", number) + "x".repeat(9_000)).reset();
    return 0;
  }

  private static int parameters(Stranger one, int number) throws Exception {
    return one.say("GET /uploads?" + "a=b&".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
        .status();
  }
}
