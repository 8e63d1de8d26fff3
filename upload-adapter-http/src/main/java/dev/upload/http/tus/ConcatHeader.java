package dev.upload.http.tus;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.AssemblyPolicy;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code Upload-Concat}: what an upload has to do with others. */
final class ConcatHeader {

  private static final String PARTIAL = "partial";
  private static final String FINAL = "final;";

  private ConcatHeader() {}

  /** Returns how the upload that a request declares is put together. */
  static AssemblyPolicy parse(RequestFields fields) {
    String text = fields.text(Tus.CONCAT).map(String::strip).orElse("");
    if (text.isEmpty()) {
      return new AppendOnly(AppendOnly.Completion.WHEN_FULL);
    }
    if (text.equals(PARTIAL)) {
      return new AppendOnly(AppendOnly.Completion.NEVER);
    }
    if (text.startsWith(FINAL)) {
      requirePrintable(text);
      return new Concatenation(parts(text.substring(FINAL.length()).strip()), text);
    }
    throw RequestFields.malformed(Tus.CONCAT, "it is neither partial nor final with a list");
  }

  /** Returns what HEAD says of an upload that is put together by {@code policy}. */
  static Optional<String> format(AssemblyPolicy policy, String path) {
    return switch (policy) {
      case AppendOnly append ->
          append.completion() == AppendOnly.Completion.NEVER
              ? Optional.of(PARTIAL)
              : Optional.empty();
      case Concatenation concatenation ->
          Optional.of(
              concatenation.asSent().isEmpty()
                  ? concatenation.parts().stream()
                      .map(part -> path + "/" + part)
                      .collect(Collectors.joining(" ", FINAL, ""))
                  : concatenation.asSent());
      case ChunkGrid grid -> Optional.empty();
    };
  }

  /** What is echoed must not be able to be more than a header's value. */
  private static void requirePrintable(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw RequestFields.malformed(Tus.CONCAT, "it has characters that no URL has");
    }
  }

  private static List<UploadId> parts(String urls) {
    if (urls.isEmpty()) {
      throw RequestFields.malformed(Tus.CONCAT, "it lists no upload");
    }
    return Arrays.stream(urls.split(" +", -1)).map(ConcatHeader::part).toList();
  }

  /**
   * Takes the id at the end of a URL. What is before it is as the client sees this server, which a
   * proxy may have changed.
   */
  private static UploadId part(String url) {
    try {
      String path = Optional.ofNullable(new URI(url).getPath()).orElse("");
      return UploadId.parse(path.substring(path.lastIndexOf('/') + 1));
    } catch (URISyntaxException | UploadRejectedException e) {
      throw RequestFields.malformed(Tus.CONCAT, "it lists something that is no upload's URL");
    }
  }
}
