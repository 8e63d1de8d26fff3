/** Drives the packaged app as its users do: a browser, a client on the network, an operator. */
@NullMarked
package dev.upload.app.e2e;

import org.jspecify.annotations.NullMarked;
