package dev.upload.app.kills;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMStartEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Stops the whole app at a place in its code and calls the killer there: the app needs nothing for
 * it, and nothing runs on behind the place.
 */
final class Debugger {

  private final VirtualMachine machine;
  private final Moment.At moment;
  private final Runnable killer;

  private Debugger(VirtualMachine machine, Moment.At moment, Runnable killer) {
    this.machine = machine;
    this.moment = moment;
    this.killer = killer;
  }

  /** Attaches to an app that waits for it at {@code port}, and lets it go on. */
  static void attach(int port, Moment.At moment, Runnable killer) throws IOException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(one -> one.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
    try {
      Debugger debugger = new Debugger(connector.attach(arguments), moment, killer);
      debugger.awaitClass();
      Thread.ofPlatform().daemon().name("debugger").start(debugger::run);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException("the connector takes other arguments", e);
    }
  }

  private void awaitClass() {
    ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
    request.addClassFilter(moment.point().className());
    request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
    request.enable();
  }

  private void run() {
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        for (Event event : events) {
          handle(event);
        }
        events.resume();
      }
    } catch (VMDisconnectedException _) {
      // it is dead, by us or by somebody else
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Event event) {
    switch (event) {
      case ClassPrepareEvent prepared -> breakAt(prepared.referenceType());
      case BreakpointEvent _ -> killer.run();
      case VMStartEvent _ -> {} // it waited for us; resuming the events lets it go
      default -> {}
    }
  }

  private void breakAt(ReferenceType type) {
    for (Method method : type.methodsByName(moment.point().method())) {
      BreakpointRequest request =
          machine.eventRequestManager().createBreakpointRequest(method.location());
      request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      request.addCountFilter(moment.times());
      request.enable();
    }
  }
}
