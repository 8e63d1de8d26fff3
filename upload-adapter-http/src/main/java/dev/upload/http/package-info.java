/** The upload protocols over HTTP: one slice per protocol, none of which knows another. */
@NullMarked
package dev.upload.http;

import org.jspecify.annotations.NullMarked;
