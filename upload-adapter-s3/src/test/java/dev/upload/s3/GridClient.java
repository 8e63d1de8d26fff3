package dev.upload.s3;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Sends cells, three at a time and in any order, as Resumable.js does. */
final class GridClient extends PatientClient {

  private static final int AT_ONCE = 3;

  private final UploadDeclaration declared;

  GridClient(Nodes nodes, Tally tally, int length, int chunkSize, long seed) {
    super(nodes, tally, length, seed);
    declared = Sessions.grid(length, chunkSize);
  }

  @Override
  UploadSession uploadOnce() throws GoneException, VanishedException {
    UploadDeclaration declaration = now(declared); // the same id again
    ChunkGrid grid = (ChunkGrid) declaration.policy();
    List<Integer> cells = new ArrayList<>(IntStream.range(0, grid.count()).boxed().toList());
    Collections.shuffle(cells, new Random(random(Integer.MAX_VALUE)));
    List<Callable<UploadSession>> sends = new ArrayList<>();
    cells.forEach(cell -> sends.add(() -> send(declaration, grid.cell(cell))));
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Future<UploadSession> sent : threads.invokeAll(sends)) {
        require(sent.get().id().equals(declaration.id()), "another upload answered");
      }
    } catch (ExecutionException e) {
      rethrow(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    UploadSession session = described(declaration.id());
    cells.forEach(
        cell ->
            require(session.received().covers(grid.cell(cell)), "cell %d lost".formatted(cell)));
    return session;
  }

  private UploadSession send(UploadDeclaration declaration, ByteRange cell)
      throws GoneException, VanishedException {
    vanishAtTimes(declaration.id());
    UploadSession session =
        patiently(
            declaration.id(),
            node -> node.receive(declaration, Chunk.filling(cell), Bytes.body(whole(), cell)));
    require(session.received().covers(cell), "a cell was answered, but is not there");
    tally().count("bytes acknowledged", cell.length());
    return session;
  }

  private static void rethrow(ExecutionException e) throws GoneException, VanishedException {
    switch (e.getCause()) {
      case GoneException gone -> throw gone;
      case VanishedException vanished -> throw vanished;
      case Error failed -> throw failed;
      case null, default -> throw new AssertionError(e);
    }
  }
}
