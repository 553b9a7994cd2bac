// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * What a program with {@code --json} says: progress as JSON lines and {@code error: } lines on
 * standard error, a summary as the last line of standard output. Everything else is log. Written by
 * the threads that read the program's output, read by any.
 */
public final class Feed {

  private static final String ERROR = "error: ";

  private final ObjectMapper json = new ObjectMapper();
  private volatile JsonNode progress = MissingNode.getInstance();
  private volatile String error;
  private volatile String lastOutput = "";

  void stderr(String line) {
    if (line.startsWith(ERROR)) {
      error = line.substring(ERROR.length());
    } else if (line.startsWith("{")) {
      object(line).filter(node -> node.has("progress")).ifPresent(node -> progress = node);
    }
  }

  void stdout(String line) {
    lastOutput = line;
  }

  /** A number of the last progress line, 0 before the first. */
  public long progress(String field) {
    return progress.path(field).asLong();
  }

  /** The last error line, without its prefix. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** The last line of standard output, where it is an object. */
  public Optional<JsonNode> summary() {
    return object(lastOutput);
  }

  private Optional<JsonNode> object(String line) {
    try {
      return Optional.of(json.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
