/**
 * The ports in memory, the contracts that every adapter owes, and fixtures: the core's gift to
 * other modules' tests.
 */
@NullMarked
package dev.upload.core.testing;

import org.jspecify.annotations.NullMarked;
