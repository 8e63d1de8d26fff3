package dev.upload.app.bench;

import java.io.IOException;

/** A part of the run that can be asked for on its own. */
interface Workload {

  /** By which {@code bench.only} names it. */
  String key();

  /** Starts new servers, so that a peak of memory is this workload's own, and loads them. */
  Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException;
}
