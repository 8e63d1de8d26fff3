package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.PiecewiseBody.Bounds;
import dev.upload.core.port.PiecewiseBody.Piece;
import dev.upload.core.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pieces of a body that is read from a stream. */
class PiecewiseBodyTest {

  private final byte[] whole = Bytes.random(200_000, 1);
  private final PiecewiseBody body = Bytes.body(whole);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final WritableByteChannel sink = Channels.newChannel(written);

  @Test
  void aPieceEndsAtItsMostBytesAndTheNextGoesOnThere() throws IOException {
    assertThat(body.transferTo(sink, Bounds.of(150_000))).isEqualTo(new Piece(150_000, false));
    assertThat(body.transferTo(sink, Bounds.of(50_000))).isEqualTo(new Piece(50_000, false));
    assertThat(body.transferTo(sink, Bounds.of(1))).isEqualTo(new Piece(0, true));

    assertThat(written.toByteArray()).isEqualTo(whole);
  }

  @Test
  void aPieceEndsWithSomeBytesOnceItsTimeIsOver() throws IOException {
    Piece piece = body.transferTo(sink, new Bounds(Long.MAX_VALUE, 1, Duration.ZERO));
    Piece rest = body.transferTo(sink, new Bounds(Long.MAX_VALUE, 1, Duration.ofDays(1)));

    assertThat(piece.last()).isFalse();
    assertThat(piece.bytes()).isBetween(1L, 199_999L);
    assertThat(rest).isEqualTo(new Piece(200_000 - piece.bytes(), true));
    assertThat(written.toByteArray()).isEqualTo(whole);
  }

  @Test
  void aPieceWaitsForItsLeastBytes() throws IOException {
    Piece piece = body.transferTo(sink, new Bounds(Long.MAX_VALUE, 100_000, Duration.ZERO));

    assertThat(piece.bytes()).isBetween(100_000L, 199_999L);
  }

  @Test
  void noPieceIsMeantToBeEmptyOrEndless() {
    assertThatThrownBy(() -> new Bounds(5, 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bounds(5, 6, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bounds(5, 1, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
