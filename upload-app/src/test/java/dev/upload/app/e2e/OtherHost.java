package dev.upload.app.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** As the kernel's tables of connections have it. */
  private static final String THERE_IN_TABLES = "0240D50A";

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

  /**
   * Has one client there open a connection for each of {@code words}, say that, and listen to
   * nothing. One client, so that the last connection is not opened long after the first.
   */
  void say(int port, String... words) throws IOException {
    StringBuilder script = new StringBuilder();
    for (String one : words) {
      script.append(
          "exec {connection}<>/dev/tcp/%s/%d; printf '%s' >&$connection; "
              .formatted(HERE, port, one));
    }
    clients.add(
        new ProcessBuilder("ip", "netns", "exec", name, "bash", "-c", script + "read -r")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** How many connections with this host a server here has taken, and not closed. */
  long connectionsTo(ServerProcess server) throws IOException {
    long count = 0;
    for (String table : List.of("tcp", "tcp6")) {
      Path connections = Path.of("/proc/" + server.pid() + "/net", table);
      count += Files.readAllLines(connections).stream().filter(OtherHost::isHeldFromThere).count();
    }
    return count;
  }

  /** One without an inode belongs to nobody: not yet taken, or closed. */
  private static boolean isHeldFromThere(String connection) {
    String[] fields = connection.strip().split("\\s+", -1);
    return fields[2].contains(THERE_IN_TABLES + ":") && !fields[9].equals("0");
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
