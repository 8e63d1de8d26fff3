package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What answers as S3 for both the app and the SDK alone. */
enum S3Store {
  /** S3Proxy: keeps everything in files, and copies the parts into one at the end. */
  S3PROXY {
    @Override
    Server start(Fleet fleet) throws IOException, InterruptedException {
      Path home = fleet.home("s3proxy");
      Path objects = Files.createDirectories(home.resolve("objects"));
      Directory bucket = Directory.create(objects.resolve(S3Place.BUCKET));
      int port = Ports.free();
      Path settings =
          Files.writeString(
              home.resolve("s3proxy.properties"),
              """
              s3proxy.endpoint=http://127.0.0.1:%d
              s3proxy.authorization=aws-v4
              s3proxy.identity=%s
              s3proxy.credential=%s
              s3proxy.v4-max-non-chunked-request-size=134217728
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              """
                  .formatted(port, S3Place.ACCESS_KEY, S3Place.SECRET_KEY, objects));
      Process process =
          new ProcessBuilder(
                  java("-Xmx512m", "org.gaul.s3proxy.Main", "--properties", settings.toString()))
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("log").toFile())
              .start();
      if (!Ports.await(process, port)) {
        process.destroyForcibly();
        throw new IOException("S3Proxy does not start: " + Files.readString(home.resolve("log")));
      }
      return new Server(name(), process, port, bucket, false);
    }
  },
  /** Keeps small objects in memory and drops the bytes of parts: the least that is an endpoint. */
  NULL {
    @Override
    Server start(Fleet fleet) throws IOException, InterruptedException {
      return fleet.process(name(), java("-Xmx128m", S3Sink.class.getName(), "0", "0"));
    }
  },
  /** The same, as far away as a store in another building: each answer takes 20 ms longer. */
  FAR {
    @Override
    Server start(Fleet fleet) throws IOException, InterruptedException {
      return fleet.process(name(), java("-Xmx128m", S3Sink.class.getName(), "20", "80"));
    }
  };

  abstract Server start(Fleet fleet) throws IOException, InterruptedException;

  /** Where the classes of the SDK and of S3Proxy are, if the build told it. */
  static Optional<Path> classPathFile() {
    return Optional.ofNullable(System.getProperty("bench.s3.class-path-file"))
        .map(Path::of)
        .filter(Files::isReadable);
  }

  /** The command of a JVM that sees those classes and our own. */
  static List<String> java(String... args) throws IOException {
    String libraries = Files.readString(classPathFile().orElseThrow()).strip();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path") + ":" + libraries);
    command.add("-Dlogback.configurationFile=e2e/s3proxy-logback.xml");
    command.addAll(List.of(args));
    return command;
  }
}
