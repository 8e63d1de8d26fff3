package dev.upload.core;

import dev.upload.core.testing.AppendSequence;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.core.testing.RememberingDigests;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AppendSequencesTest {

  @Property(tries = 500)
  void anySequenceYieldsTheBytesSent(
      @ForAll("sequences") List<AppendSequence.Step> steps, @ForAll AppendSequence.End how) {
    InMemory server = new InMemory(new InMemoryChunkStore(), new InMemorySessions());

    AppendSequence.yieldsTheBytesSent(server, steps, how);
  }

  @Provide
  Arbitrary<List<AppendSequence.Step>> sequences() {
    return AppendSequence.sequences(5_000);
  }

  private record InMemory(InMemoryChunkStore store, InMemorySessions sessions)
      implements AppendSequence.Server {
    @Override
    public Uploads uploads() {
      return Uploads.over(store, sessions).digests(new RememberingDigests()).build();
    }

    @Override
    public AppendSequence.Server restarted() {
      return this; // keeps nothing
    }
  }
}
