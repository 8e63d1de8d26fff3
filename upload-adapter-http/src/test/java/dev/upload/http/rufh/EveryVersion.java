package dev.upload.http.rufh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test of what holds for every version of the draft, and for clients that name none (0). */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "version {0}")
@ValueSource(ints = {0, 3, 4, 5, 6, 7, 8, 9, 10})
@interface EveryVersion {}
