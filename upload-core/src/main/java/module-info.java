/** Resumable uploads without a framework: the model, the ports and the use cases. */
module dev.upload.core {
  requires static org.jspecify;

  exports dev.upload.core;
  exports dev.upload.core.model;
  exports dev.upload.core.port;
}
