/** Keeps uploads in a directory of a file system. */
module dev.upload.fs {
  requires transitive dev.upload.core;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  exports dev.upload.fs;
}
