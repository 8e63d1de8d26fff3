package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who takes part in a workload, and how it is spoken to. */
record Entrant(String name, Dialect dialect, Start start) {

  static final String NGINX = "nginx";
  static final String APP = "upload-app";
  static final String APP_FORM = "upload-app, form";
  static final String APP_ACKNOWLEDGED = "upload-app, acknowledged";
  static final String APP_EVENTUAL = "upload-app, eventual";
  static final String APP_FLAT = "upload-app, flat";
  static final String APP_UNSIGNED = "upload-app, unsigned";
  static final String FILE_SINK = "file sink";
  static final String NULL_SINK = "null sink";

  /** Makes a server, where the machine has what it needs. */
  interface Start {
    Optional<Server> in(Fleet fleet) throws IOException, InterruptedException;
  }

  static Entrant nginx() {
    return new Entrant(NGINX, Dialect.PUT, Fleet::nginx);
  }

  static Entrant app(String... options) {
    return new Entrant(APP, Dialect.OCTET, fleet -> Optional.of(fleet.app(APP, List.of(options))));
  }

  static Entrant appWithForms() {
    return new Entrant(
        APP_FORM, Dialect.FORM, fleet -> Optional.of(fleet.app(APP_FORM, List.of())));
  }

  static Entrant appAcknowledged() {
    List<String> options = List.of("--upload.durability=acknowledged");
    return new Entrant(
        APP_ACKNOWLEDGED,
        Dialect.OCTET,
        fleet -> Optional.of(fleet.app(APP_ACKNOWLEDGED, options)));
  }

  static Entrant appEventual(String... options) {
    List<String> all = new ArrayList<>(List.of("--upload.durability=eventual"));
    all.addAll(List.of(options));
    return new Entrant(
        APP_EVENTUAL, Dialect.OCTET, fleet -> Optional.of(fleet.app(APP_EVENTUAL, all)));
  }

  /** Gives finished files no directory of their own, as nginx does not either. */
  static Entrant appFlat() {
    List<String> options = List.of("--upload.destination={id}-{filename}");
    return new Entrant(APP_FLAT, Dialect.OCTET, fleet -> Optional.of(fleet.app(APP_FLAT, options)));
  }

  static Entrant fileSink() {
    return new Entrant(FILE_SINK, Dialect.OCTET, fleet -> Optional.of(fleet.fileSink()));
  }

  static Entrant nullSink() {
    return new Entrant(NULL_SINK, Dialect.OCTET, fleet -> Optional.of(fleet.nullSink()));
  }
}
