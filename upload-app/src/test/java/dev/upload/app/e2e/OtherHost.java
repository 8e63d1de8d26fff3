package dev.upload.app.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Another host, as far as the network goes: a network namespace on this machine, which can be cut
 * off as if its cable were pulled. Needs Linux, iproute2, bash, and the right to make one; a test
 * without them is skipped, and says so.
 */
final class OtherHost implements AutoCloseable {

  /** This machine's address on the cable between the two. */
  static final String HERE = "10.213.64.1";

  private static final String THERE = "10.213.64.2";

  private final String name;
  private final List<Process> clients = new ArrayList<>();

  private OtherHost(String name) {
    this.name = name;
  }

  /** Connects a host that does nothing yet. */
  static OtherHost connected() throws Exception {
    String name = "upload" + ProcessHandle.current().pid() % 1_000_000;
    String far = name + "b";
    boolean connected =
        Programs.run("ip", "netns", "add", name)
            && Programs.run(
                "ip", "link", "add", name, "type", "veth", "peer", "name", far, "netns", name)
            && Programs.run("ip", "addr", "add", HERE + "/30", "dev", name)
            && Programs.run("ip", "link", "set", name, "up")
            && Programs.run("ip", "-n", name, "addr", "add", THERE + "/30", "dev", far)
            && Programs.run("ip", "-n", name, "link", "set", far, "up");
    OtherHost host = new OtherHost(name);
    if (!connected) {
      host.close();
    }
    assumeThat(connected).as("needs the right to make a network namespace").isTrue();
    return host;
  }

  /** Has a client there connect, say {@code words}, and listen to nothing. */
  void say(int port, String words) throws IOException {
    String script = "exec 3<>/dev/tcp/%s/%d; printf '%s' >&3; read -r".formatted(HERE, port, words);
    clients.add(
        new ProcessBuilder("ip", "netns", "exec", name, "bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Pulls the cable: nothing that this host sends from now on arrives, not even its farewell. */
  void cutOff() throws InterruptedException {
    if (!Programs.run("ip", "link", "set", name, "down")) {
      throw new AssertionError("the cable is stuck");
    }
    end();
  }

  private void end() throws InterruptedException {
    for (Process client : clients) {
      client.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws InterruptedException {
    end();
    boolean _ = Programs.run("ip", "link", "del", name);
    boolean _ = Programs.run("ip", "netns", "del", name);
  }
}
