package dev.upload.core.port;

import java.nio.channels.GatheringByteChannel;

/**
 * A sink that takes bytes about as fast as memory does, such as a file behind a page cache.
 *
 * <p>Whoever brings the bytes may write to it from a thread that others wait for too, an event loop
 * say, which saves handing every buffer over to a thread of its own. Writes still come one after
 * the other, each seeing what the one before it did.
 */
public interface PromptChannel extends GatheringByteChannel {}
