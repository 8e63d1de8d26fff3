package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file sent as Resumable.js does: chunk by chunk, after a question for each. */
final class ChunkTransfer extends Transfer {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final boolean form;
  private final BitSet acknowledged = new BitSet();
  private final BitSet held = new BitSet();
  private String id = "";

  /**
   * @param form whether chunks come in forms or as they are
   */
  ChunkTransfer(Sample file, boolean form) {
    super(file);
    this.form = form;
  }

  @Override
  void ask(Wire wire) throws IOException, InterruptedException {
    held.clear();
    for (int number = 1; number <= file().chunks(); number++) {
      HttpResponse<String> answer = wire.send(wire.chunks().test(file(), number));
      if (answer.statusCode() == 200) {
        has(number, answer);
      } else if (answer.statusCode() != 204) {
        throw unexpected("test", answer);
      } else if (acknowledged.get(number)) {
        acknowledged.clear(number);
        wire.ledger().lost(file().chunk(number).length, "chunk " + number + " of " + this);
      }
    }
  }

  @Override
  void sendNext(Wire wire) throws IOException, InterruptedException {
    int number = held.nextClearBit(1);
    HttpResponse<String> answer =
        wire.send(
            form ? wire.chunks().multipart(file(), number) : wire.chunks().octet(file(), number));
    if (answer.statusCode() != 200) {
      throw unexpected("chunk " + number, answer);
    }
    acknowledged.set(number);
    wire.ledger().acknowledgedBytes.add(file().chunk(number).length);
    has(number, answer);
  }

  private void has(int number, HttpResponse<String> answer) {
    held.set(number);
    Matcher found = ID.matcher(answer.body());
    if (found.find()) {
      id = found.group(1);
    }
  }

  @Override
  boolean isWhole() {
    return held.cardinality() == file().chunks();
  }

  @Override
  String id() {
    return id;
  }

  @Override
  public String toString() {
    return (form ? "form " : "octets ") + super.toString();
  }
}
