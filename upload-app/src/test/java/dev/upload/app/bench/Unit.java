package dev.upload.app.bench;

import java.util.Locale;

/** What a figure counts. */
enum Unit {
  MIB_PER_SECOND("MiB/s", 0),
  UPLOADS_PER_SECOND("uploads/s", 0),
  CPU_SECONDS_PER_GIB("CPU s/GiB", 2),
  CPU_MICROS_PER_UPLOAD("CPU µs/upload", 0),
  SENDER_CPU_SECONDS_PER_GIB("sender s/GiB", 2),
  SENDER_CPU_MICROS_PER_UPLOAD("sender µs/upload", 0),
  MILLIS_PER_CHUNK("ms/chunk", 3),
  CPU_MICROS_PER_CHUNK("CPU µs/chunk", 0),
  EARLY_CHUNK_MILLIS("first chunks ms", 3),
  LATE_CHUNK_MILLIS("last chunks ms", 3),
  NANOS_PER_OPERATION("ns/op", 0),
  START_SECONDS("start s", 2),
  MEDIAN_CHUNK_MILLIS("median chunk ms", 2),
  LAST_CHUNK_MILLIS("last chunk ms", 2),
  PEAK_MIB("peak MiB", 0),
  EARLY_MIB("early MiB", 0),
  LATE_MIB("late MiB", 0);

  private final String label;
  private final String format;

  Unit(String label, int decimals) {
    this.label = label;
    this.format = "%." + decimals + "f";
  }

  String label() {
    return label;
  }

  /** Writes a value with as many decimals as mean something. */
  String text(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
