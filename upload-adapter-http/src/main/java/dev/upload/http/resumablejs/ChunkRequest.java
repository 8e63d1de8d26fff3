package dev.upload.http.resumablejs;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadRejectedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a request says of its chunk and its file. Every number is one, and what they say together is
 * possible.
 *
 * @param number of the chunk, from 1
 * @param chunkSize nominal bytes of a chunk
 * @param totalSize bytes of the file
 * @param identifier of the file as the client sees it: any text
 */
record ChunkRequest(
    Parameters parameters,
    long number,
    long chunkSize,
    long totalSize,
    String identifier,
    UploadMetadata metadata) {

  /** Reads and checks the parameters. */
  static ChunkRequest of(Parameters parameters) {
    ChunkRequest request =
        new ChunkRequest(
            parameters,
            parameters.requiredNumber(Parameter.CHUNK_NUMBER, 1),
            parameters.requiredNumber(Parameter.CHUNK_SIZE, 1),
            parameters.requiredNumber(Parameter.TOTAL_SIZE, 0),
            parameters.requiredText(Parameter.IDENTIFIER),
            metadata(parameters));
    if (request.mostChunks() > Integer.MAX_VALUE) {
      throw request.inconsistent(
          Parameter.CHUNK_SIZE, "too small for a file of %d bytes".formatted(request.totalSize));
    }
    request.grid(); // so that a number beyond every grid is refused before anybody looks for the
    // upload
    return request;
  }

  private static UploadMetadata metadata(Parameters parameters) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(UploadMetadata.FILENAME, parameters.requiredText(Parameter.FILENAME));
    parameters
        .text(Parameter.TYPE)
        .ifPresent(type -> entries.put(UploadMetadata.CONTENT_TYPE, type));
    parameters
        .text(Parameter.RELATIVE_PATH)
        .ifPresent(path -> entries.put(UploadMetadata.RELATIVE_PATH, path));
    return new UploadMetadata(entries);
  }

  private long fewestChunks() {
    return ChunkGrid.fewestCells(totalSize, chunkSize);
  }

  private long mostChunks() {
    return ChunkGrid.mostCells(totalSize, chunkSize);
  }

  /**
   * Returns the grid that this request speaks of.
   *
   * <p>Whether the client cuts the rest off as a chunk of its own ({@code forceChunkSize}) shows in
   * the last chunks' sizes. For the others the count that the client sends is a hint only: while
   * Resumable.js 1.1.0 is still cutting a large file, it sends counts that are too small.
   */
  ChunkGrid grid() {
    long count = countsRest() ? mostChunks() : fewestChunks();
    ChunkGrid grid = new ChunkGrid(totalSize, chunkSize, (int) count);
    requireFit(grid);
    return grid;
  }

  private boolean countsRest() {
    if (number > fewestChunks()) {
      return true;
    }
    OptionalLong current = parameters.number(Parameter.CURRENT_CHUNK_SIZE);
    if (number == fewestChunks() && current.isPresent()) {
      return current.getAsLong() == chunkSize;
    }
    return parameters.number(Parameter.TOTAL_CHUNKS).orElse(0) == mostChunks();
  }

  /** Returns the chunk that this request is about. */
  Chunk chunk() {
    return Chunk.filling(grid().cell((int) number - 1));
  }

  private void requireFit(ChunkGrid grid) {
    if (number > grid.count()) {
      throw inconsistent(
          Parameter.CHUNK_NUMBER, "%d, but the file has %d chunks".formatted(number, grid.count()));
    }
    long expected = grid.cell((int) number - 1).length();
    long current = parameters.number(Parameter.CURRENT_CHUNK_SIZE).orElse(expected);
    if (current != expected) {
      throw inconsistent(
          Parameter.CURRENT_CHUNK_SIZE,
          "%d, but chunk %d has %d bytes".formatted(current, number, expected));
    }
  }

  /**
   * Refuses a file or chunks beyond the limits, at the first chunk and not at the one that is too
   * large.
   */
  void requireWithin(UploadLimits limits, ChunkGrid grid) {
    limits.admitLength(parameters.nameOf(Parameter.TOTAL_SIZE), totalSize);
    limits.admitChunk(parameters.nameOf(Parameter.CHUNK_SIZE), grid.cell(0).length());
    limits.admitChunk(
        parameters.nameOf(Parameter.CHUNK_SIZE), grid.cell(grid.count() - 1).length());
  }

  UploadRejectedException inconsistent(Parameter parameter, String reason) {
    return new UploadRejectedException(
        new Rejection.Inconsistent(parameters.nameOf(parameter), reason));
  }
}
