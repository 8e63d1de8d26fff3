/**
 * Kills the packaged app, over and over, in the middle of its work, and holds what it finds
 * afterwards against what was acknowledged before; see docs/reliability.md.
 */
@NullMarked
package dev.upload.app.kills;

import org.jspecify.annotations.NullMarked;
