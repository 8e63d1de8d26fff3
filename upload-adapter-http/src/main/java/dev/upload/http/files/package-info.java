/** Gives finished uploads back, and gives unfinished ones up. */
@NullMarked
package dev.upload.http.files;

import org.jspecify.annotations.NullMarked;
