package dev.upload.app.config;

import dev.upload.core.model.DestinationTemplate;
import dev.upload.fs.Durability;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code upload.*}: what holds whatever the store.
 *
 * @param destination where finished uploads become visible
 * @param durability what an acknowledged chunk survives
 * @param expiry after this long without progress an unfinished upload is purged
 * @param purgeInterval how often expired and interrupted uploads are looked for
 */
@ConfigurationProperties("upload")
public record UploadSettings(
    @Bindable(defaultValue = "{id}/{filename}") String destination,
    @Bindable(defaultValue = "completed") Durability durability,
    @Bindable(defaultValue = "7d") Duration expiry,
    @Bindable(defaultValue = "1h") Duration purgeInterval) {

  public UploadSettings {
    Setting.require("upload.expiry", expiry.isPositive(), "must be longer than nothing");
    Setting.require(
        "upload.purge-interval", purgeInterval.isPositive(), "must be longer than nothing");
  }

  /** Returns the template, or refuses one that is not safe. */
  public DestinationTemplate destinationTemplate() {
    return Setting.read("upload.destination", () -> new DestinationTemplate(destination));
  }
}
