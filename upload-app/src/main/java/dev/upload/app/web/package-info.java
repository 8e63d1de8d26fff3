/** The page that people see, and what it wants to know. */
@NullMarked
package dev.upload.app.web;

import org.jspecify.annotations.NullMarked;
