package dev.upload.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Rejection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTableTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatMayBeTriedAgainIsNeverFinal(Dialect dialect) {
    for (Rejection temporary :
        new Rejection[] {
          new Rejection.Busy(),
          new Rejection.Interrupted(2, 1),
          new Rejection.StorageFull(1),
          new Rejection.Throttled("later")
        }) {
      assertThat(ProblemTable.status(temporary, dialect)).isNotIn(400, 404, 413, 415, 500, 501);
    }
    assertThat(ProblemTable.STORAGE_UNAVAILABLE).isEqualTo(503);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatIsNotPermittedEndsTheFile(Dialect dialect) {
    int status = ProblemTable.status(new Rejection.Forbidden(), dialect);

    switch (dialect) {
      case RESUMABLE_JS -> assertThat(status).isIn(400, 404, 415, 500, 501);
      case FLOW_JS -> assertThat(status).isIn(404, 413, 415, 500, 501);
      case TUS, IETF, PLAIN -> assertThat(status).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESUMABLE_JS", "FLOW_JS"})
  void whatIsTooLargeEndsTheFile(Dialect dialect) {
    int status = ProblemTable.status(new Rejection.TooLarge("f", 1, 2), dialect);

    switch (dialect) {
      case RESUMABLE_JS -> assertThat(status).isIn(400, 404, 415, 500, 501);
      case FLOW_JS, TUS, IETF, PLAIN -> assertThat(status).isIn(404, 413, 415, 500, 501);
    }
  }
}
