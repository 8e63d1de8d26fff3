package dev.upload.app.config;

import java.util.List;
import java.util.Optional;

/** Every key below {@code upload.}: what documents say and what a start takes. */
final class ConfigurationKeys {

  static final String PREFIX = "upload.";

  static final List<ConfigurationKey> ALL =
      List.of(
          key("store.type", Kind.STORE, "filesystem", "`filesystem` or `s3`"),
          key(
              "store.filesystem.root",
              Kind.TEXT,
              "data",
              "Directory of everything; a relative one is below the working directory"),
          key("store.s3.bucket", Kind.TEXT, "", "Bucket, which has to exist"),
          key("store.s3.endpoint", Kind.TEXT, "", "URL of the store if it is not AWS"),
          key("store.s3.region", Kind.TEXT, "us-east-1", "Region that signatures carry"),
          key(
              "store.s3.path-style",
              Kind.FLAG,
              "false",
              "Bucket in the path: what most stores other than AWS want"),
          key("store.s3.prefix", Kind.TEXT, "", "What every object key begins with"),
          key(
              "store.s3.access-key",
              Kind.TEXT,
              "",
              "With `secret-key`; without them the SDK's default chain is asked"),
          key("store.s3.secret-key", Kind.TEXT, "", "See `access-key`"),
          key(
              "store.s3.portable",
              Kind.FLAG,
              "false",
              "No checksums and no chunked encoding, for stores that know neither"),
          key(
              "store.s3.sign-bodies",
              Kind.FLAG,
              "true",
              "Over plain HTTP, signatures cover the bytes of uploads. `false` saves their SHA-256,"
                  + " see [below](#bytes-without-signatures)"),
          key(
              "store.s3.equal-parts",
              Kind.FLAG,
              "false",
              "Equal parts also where the length is unknown, for stores that insist"),
          key(
              "store.s3.buffer-memory",
              Kind.SIZE,
              "64MB",
              "Memory of all chunks on their way to S3; more wait in temporary files"),
          key(
              "store.s3.answer-timeout",
              Kind.DURATION,
              "2m",
              "How long S3 may keep silent before a request is given up; completing a large upload"
                  + " takes some stores more than a minute"),
          key(
              "durability",
              Kind.LEVEL,
              "completed",
              "`eventual`, `completed` or `acknowledged`: what survives a power cut on the"
                  + " filesystem, see [stores](stores.md)"),
          key(
              "destination",
              Kind.TEXT,
              "{id}/{filename}",
              "Path of a finished file below `{root}/files/` or the prefix. Knows `{id}` (needed),"
                  + " `{filename}`, `{relative-path}`, `{owner}`, `{date}`"),
          key("limits.max-length", Kind.SIZE, "1024GB", "Largest upload"),
          key(
              "limits.max-chunk",
              Kind.SIZE,
              "256MB",
              "Largest chunk; Resumable.js sends a last chunk of up to twice its chunk size"),
          key("limits.max-append", Kind.SIZE, "1024GB", "Largest body of one append by tus"),
          key("limits.min-length", Kind.SIZE, "0", "Smallest upload"),
          key(
              "limits.min-append",
              Kind.SIZE,
              "0",
              "Smallest body of one append that does not make its upload whole"),
          key("limits.min-free", Kind.SIZE, "256MB", "Space that stays free on the filesystem"),
          key(
              "limits.max-gaps",
              Kind.NUMBER,
              "10000",
              "Holes between the chunks received of one upload; bounds its record"),
          key(
              "limits.max-open-uploads",
              Kind.NUMBER,
              "250000",
              "Unfinished uploads of everybody, on the filesystem; `0`: any number"),
          key(
              "limits.max-open-bytes",
              Kind.SIZE,
              "0",
              "Bytes that those will have, or have so far where no length is known; `0`: any"
                  + " number"),
          key(
              "limits.max-open-uploads-per-owner",
              Kind.NUMBER,
              "0",
              "The same of each owner; `0`: any number"),
          key(
              "limits.max-open-bytes-per-owner",
              Kind.SIZE,
              "0",
              "The same of each owner; `0`: any number"),
          key(
              "auth.methods",
              Kind.METHODS,
              "",
              "Who may upload, see [below](#who-may-upload); on a loopback address everybody, on"
                  + " any other nothing starts without"),
          key(
              "auth.users.",
              Kind.TEXT,
              "",
              "Passwords for `basic`, such as `…users.alice=…`: as they are, `sha256:` and a"
                  + " digest, or a bcrypt hash"),
          key(
              "auth.tokens.",
              Kind.TEXT,
              "",
              "Tokens for `bearer`, such as `…tokens.alice=…`, several with commas: as they are, or"
                  + " `sha256:` and a digest"),
          key(
              "auth.actions.",
              Kind.TEXT,
              "",
              "What an owner may do where it is not everything, such as"
                  + " `…actions.alice=create,write,describe`; also `read` and `cancel`"),
          key(
              "auth.jwt.jwks-url",
              Kind.TEXT,
              "",
              "URL of the keys of the provider for `jwt`; `https`, unless it is on this machine"),
          key("auth.jwt.issuer", Kind.TEXT, "", "What `iss` of a token has to be"),
          key(
              "auth.jwt.audience",
              Kind.TEXT,
              "",
              "What `aud` of a token has to have: the name of this server there"),
          key("auth.jwt.owner-claim", Kind.TEXT, "sub", "The claim that names the owner"),
          key("auth.signing-key", Kind.TEXT, "", "Secret for `signed`, 32 bytes at least"),
          key("auth.protect-page", Kind.FLAG, "true", "Show the page to those only who may upload"),
          key(
              "expiry",
              Kind.DURATION,
              "7d",
              "An unfinished upload without progress for so long is purged"),
          key(
              "purge-interval",
              Kind.DURATION,
              "1h",
              "How often expired and interrupted uploads are looked for"),
          key(
              "drain.notice",
              Kind.DURATION,
              "0s",
              "How long the server, told to end, serves on and has `/health` say 503"),
          key(
              "drain.timeout",
              Kind.DURATION,
              "5s",
              "How long running requests may go on after that; new ones are 503"),
          key(
              "http.head-timeout",
              Kind.DURATION,
              "60s",
              "Within which a connection's next request has to arrive with all its headers; over"
                  + " HTTP/2 too"),
          key(
              "http.window-memory",
              Kind.SIZE,
              "64MB",
              "Bytes that all clients of HTTP/2 together may send ahead of what is taken, beyond"
                  + " 64 KiB on each connection; a connection with uploads gets a thirty-second of"
                  + " it at most. What waits can be twice that in memory"),
          key(
              "http.min-rate",
              Kind.SIZE,
              "1KB",
              "Bytes a second that clients have to send or take; `0` is no limit"),
          key(
              "http.patience",
              Kind.DURATION,
              "30s",
              "How long a client may stand still or be slower before it is cut off"),
          key(
              "http.files.path",
              Kind.TEXT,
              "/files",
              "URL path of tus, of the IETF's draft, of uploads and of finished files"),
          key(
              "http.resumable.progress-bytes",
              Kind.SIZE,
              "16MB",
              "By the IETF's draft: how many bytes may come at most before their sender is told"
                  + " that they are there"),
          key(
              "http.resumable.progress-interval",
              Kind.DURATION,
              "5s",
              "By the IETF's draft: about how often a sender is told how far its bytes have come;"
                  + " at the latest after half as long again, but on S3 not of fewer than 64 KiB"),
          key(
              "http.trust-forwarded",
              Kind.FLAG,
              "false",
              "Take the server's own URL from `Forwarded` or `X-Forwarded-*`, where a proxy sets"
                  + " them"),
          key(
              "http.resumable-js.path",
              Kind.TEXT,
              "/uploads",
              "URL path for Resumable.js, Flow.js and simple-uploader.js"),
          key(
              "http.resumable-js.parameter-namespace",
              Kind.TEXT,
              "",
              "The client's `parameterNamespace`"),
          key(
              "http.resumable-js.parameters.",
              Kind.TEXT,
              "",
              "Other names of parameters, such as `…parameters.chunk-number=n`"),
          key(
              "http.resumable-js.file-parameter-name",
              Kind.TEXT,
              "file",
              "The client's `fileParameterName`; needed for base64 only"),
          key(
              "http.resumable-js.retry-pause",
              Kind.DURATION,
              "500ms",
              "How long an answer is held back that makes a client repeat at once"));

  private ConfigurationKeys() {}

  private static ConfigurationKey key(String name, Kind kind, String byDefault, String meaning) {
    return new ConfigurationKey(PREFIX + name, kind, byDefault, meaning);
  }

  static Optional<ConfigurationKey> covering(String property) {
    return ALL.stream().filter(key -> key.covers(property)).findFirst();
  }
}
