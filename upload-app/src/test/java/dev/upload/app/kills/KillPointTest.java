package dev.upload.app.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillPointTest {

  @ParameterizedTest
  @EnumSource
  void aPointIsAMethodThatIsThere(KillPoint point) throws ClassNotFoundException {
    Class<?> type = Class.forName(point.className(), false, getClass().getClassLoader());

    assertThat(type.getDeclaredMethods()).extracting(Method::getName).contains(point.method());
  }
}
