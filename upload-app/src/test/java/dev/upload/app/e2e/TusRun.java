package dev.upload.app.e2e;

import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tus-js-client did in one run.
 *
 * @param text what {@code src/test/clients/run.js} says: a line for each answer, and how it ended
 */
record TusRun(String text) {

  private static final Pattern ANSWER =
      Pattern.compile("^(POST|PATCH|HEAD|DELETE) (-|\\d+) (\\d{3})$", Pattern.MULTILINE);
  private static final Pattern END = Pattern.compile("^(done|stopped) (\\S+)$", Pattern.MULTILINE);

  /**
   * A request and its answer.
   *
   * @param offset of its bytes, or -1
   */
  record Exchange(String method, long offset, int status) {

    Exchange(String method, int status) {
      this(method, -1, status);
    }

    private static Exchange of(MatchResult line) {
      long offset = line.group(2).equals("-") ? -1 : Long.parseLong(line.group(2));
      return new Exchange(line.group(1), offset, Integer.parseInt(line.group(3)));
    }
  }

  /** Returns what was answered, in that order. */
  List<Exchange> exchanges() {
    return ANSWER.matcher(text).results().map(Exchange::of).toList();
  }

  List<Exchange> exchanges(String method) {
    return exchanges().stream().filter(exchange -> exchange.method().equals(method)).toList();
  }

  boolean ended() {
    return END.matcher(text).find() || text.contains("failed");
  }

  /** Returns the URL of the upload that is finished. */
  URI finished() {
    return ended("done");
  }

  /** Returns the URL of the upload that was stopped in the middle. */
  URI stopped() {
    return ended("stopped");
  }

  private URI ended(String how) {
    Matcher end = END.matcher(text);
    if (!end.find() || !end.group(1).equals(how)) {
      throw new AssertionError("not " + how + ":\n" + text);
    }
    return URI.create(end.group(2));
  }

  /** Returns the id at the end of an upload's URL. */
  static String id(URI upload) {
    return upload.getPath().substring(upload.getPath().lastIndexOf('/') + 1);
  }
}
