package dev.upload.s3;

/** What a request asks of S3, as far as its first line tells. */
enum S3Operation {
  CREATE_MULTIPART,
  UPLOAD_PART,
  COMPLETE_MULTIPART,
  ABORT_MULTIPART,
  PUT,
  GET,
  HEAD,
  LIST,
  DELETE;

  static S3Operation of(String requestLine) {
    String[] words = requestLine.split(" ", 3);
    String target = words[1];
    boolean multipart = target.contains("uploadId=");
    return switch (words[0]) {
      case "GET" -> isListing(target) ? LIST : GET;
      case "HEAD" -> HEAD;
      case "PUT" -> multipart ? UPLOAD_PART : PUT;
      case "DELETE" -> multipart ? ABORT_MULTIPART : DELETE;
      case "POST" -> multipart ? COMPLETE_MULTIPART : posted(target);
      default -> throw new IllegalArgumentException("not a request to S3: " + requestLine);
    };
  }

  private static boolean isListing(String target) {
    return target.contains("list-type=") || target.contains("?uploads");
  }

  private static S3Operation posted(String target) {
    return target.contains("?delete") ? DELETE : CREATE_MULTIPART;
  }

  /** Tells whether the store has something else afterwards. */
  boolean changes() {
    return this != GET && this != HEAD && this != LIST;
  }
}
