@NullMarked
package dev.upload.app.linux;

import org.jspecify.annotations.NullMarked;
