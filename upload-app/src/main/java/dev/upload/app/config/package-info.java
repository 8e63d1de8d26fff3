/**
 * What an operator can choose: every key, typed, with its default; refused at start where it is
 * wrong.
 */
@NullMarked
package dev.upload.app.config;

import org.jspecify.annotations.NullMarked;
