/**
 * What an upload is: a set of received byte ranges with an assembly policy. Immutable values that
 * refuse to be wrong.
 */
@NullMarked
package dev.upload.core.model;

import org.jspecify.annotations.NullMarked;
