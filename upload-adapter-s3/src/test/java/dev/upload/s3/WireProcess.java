package dev.upload.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A faulty wire for tests of other processes, which ends when it is killed. */
final class WireProcess {

  private WireProcess() {}

  /**
   * Takes the address of the store, a seed, and a file: all passes until that is there. Says where
   * the wire begins, each fate, and which objects and parts come unsigned.
   */
  public static void main(String[] args) throws Exception {
    Path begin = Path.of(args[2]);
    FaultPlan plan = new FaultPlan(Long.parseLong(args[1]));
    try (FaultyWire wire = new FaultyWire(URI.create(args[0]))) {
      wire.rule(
          line -> {
            FaultyWire.Fate fate = Files.exists(begin) ? plan.fateOf(line) : FaultyWire.Fate.PASS;
            if (fate != FaultyWire.Fate.PASS) {
              System.out.println(fate + " " + line);
            }
            return fate;
          });
      wire.observe(
          head -> {
            if (head.startsWith("PUT ") && head.contains("UNSIGNED-PAYLOAD")) {
              System.out.println("Wire has unsigned " + head.lines().findFirst().orElseThrow());
            }
          });
      System.out.println("Wire at " + wire.endpoint());
      new CountDownLatch(1).await();
    }
  }
}
