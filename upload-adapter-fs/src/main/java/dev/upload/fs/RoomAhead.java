package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Has the blocks of large files laid out before their bytes come: the kernel then need not reserve
 * each one while it copies, nor find places for them while it also has to write.
 *
 * <p>Room is made for twice as much as has arrived, {@value #MOST} bytes at most, and asked for
 * anew when half of that is used up: nobody takes the disk with promises. It is made in the
 * background, before that forces anything: finding places takes reads, which would wait behind what
 * is being written. Nobody waits for it. Safe for concurrent use.
 */
final class RoomAhead implements Errand {

  /** Below this it costs more than it saves. */
  static final long FIRST = 8L * 1024 * 1024;

  static final long MOST = 1024L * 1024 * 1024;

  /** Of more uploads at a time the others are left to themselves. */
  private static final int MAX_UPLOADS = 4_096;

  private final Preallocation preallocation;
  private final Plenty plenty;
  private final ConcurrentMap<UploadId, Room> rooms = new ConcurrentHashMap<>();
  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private volatile Runnable wake = () -> {};

  RoomAhead(Preallocation preallocation, Plenty plenty) {
    this.preallocation = preallocation;
    this.plenty = plenty;
  }

  /** Tells whether so many bytes may be taken that are not needed yet. */
  @FunctionalInterface
  interface Plenty {
    boolean isPlentyFor(long bytes) throws IOException;
  }

  /**
   * What was done for an upload.
   *
   * @param begun tells it from others of the same id
   * @param asked how far room was asked for
   * @param made what was laid out last, without a gap
   */
  private record Room(Instant begun, long asked, ByteRange made) {

    /** Returns {@code found} if it is of the upload that was begun then, else a new one. */
    static Room of(Instant begun, @Nullable Room found) {
      return found != null && found.begun.equals(begun)
          ? found
          : new Room(begun, 0, ByteRange.at(0, 0));
    }

    /** Returns from which position on more is wanted. */
    long enoughUntil() {
      return Math.max(FIRST, Math.max(asked / 3 * 2, asked - MOST / 2));
    }

    Room askedUpTo(long end) {
      return new Room(begun, end, made);
    }

    Room with(ByteRange more) {
      boolean goesOn = more.start() == made.end();
      return new Room(begun, asked, goesOn ? new ByteRange(made.start(), more.end()) : more);
    }
  }

  private record Wish(UploadId id, Instant begun, Path file, ByteRange range) {}

  @Override
  public void onAsked(Runnable wake) {
    this.wake = wake;
  }

  /** Returns what to tell how far a chunk has come, or nothing if nobody wants to know. */
  Optional<Watch> watch(UploadSession session, Chunk chunk, Path file) {
    long length = session.length().orElse(0);
    return preallocation.equals(Preallocation.NONE) || length < 2 * FIRST
        ? Optional.empty()
        : Optional.of(new Watch(session, chunk.offset(), file, length));
  }

  /** Makes the room that was asked for. */
  @Override
  public void run() {
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      ByteRange range = wish.range();
      Instant begun = wish.begun();
      if (isWanted(wish) && isPlentyFor(range) && preallocation.allocate(wish.file(), range)) {
        rooms.computeIfPresent(
            wish.id(), (id, room) -> room.begun().equals(begun) ? room.with(range) : room);
      }
    }
  }

  /** An upload that is finished or gone needs none, nor does a later one of the same id. */
  private boolean isWanted(Wish wish) {
    Room room = rooms.get(wish.id());
    return room != null && room.begun().equals(wish.begun());
  }

  private boolean isPlentyFor(ByteRange range) {
    try {
      return plenty.isPlentyFor(range.length());
    } catch (IOException e) {
      return false; // bytes find their places without it, or tell what is wrong
    }
  }

  /** Returns how many bytes of {@code place} have no room yet. */
  long missing(UploadId id, ByteRange place) {
    Room room = rooms.get(id);
    if (room == null || !room.made().overlaps(place)) {
      return place.length();
    }
    ByteRange made = room.made();
    return place.length()
        - (Math.min(place.end(), made.end()) - Math.max(place.start(), made.start()));
  }

  /** Forgets an upload that is finished or gone. */
  void forget(UploadId id) {
    rooms.remove(id);
  }

  /** Follows the bytes of one chunk, and asks for room. For one thread at a time. */
  final class Watch {

    private final UploadSession session;
    private final long start;
    private final Path file;
    private final long length;
    private long next;

    private Watch(UploadSession session, long start, Path file, long length) {
      this.session = session;
      this.start = start;
      this.file = file;
      this.length = length;
      this.next = room().enoughUntil();
    }

    /** Tells that bytes have come up to {@code position}. */
    void reached(long position) {
      if (position >= next) {
        next = asked(position);
      }
    }

    /** Asks for room behind {@code position}, and returns from where on to ask again. */
    private long asked(long position) {
      Room room = room();
      long arrived = session.received().total() + position - start;
      if (position < room.enoughUntil() || arrived < position / 2) {
        return Math.max(room.enoughUntil(), position + FIRST); // somebody has, or bytes are ahead
      }
      long end = position + Math.min(length - position, 2 * Math.min(arrived, MOST / 2));
      long from = Math.max(position, room.asked());
      if (end <= from || (room.asked() == 0 && rooms.size() >= MAX_UPLOADS)) {
        return position + FIRST;
      }
      Room wanted = rooms.compute(session.id(), (id, now) -> Room.of(begun(), now).askedUpTo(end));
      wishes.add(new Wish(session.id(), begun(), file, new ByteRange(from, end)));
      wake.run();
      return wanted.enoughUntil();
    }

    private Room room() {
      return Room.of(begun(), rooms.get(session.id()));
    }

    private Instant begun() {
      return session.declaration().createdAt();
    }
  }
}
