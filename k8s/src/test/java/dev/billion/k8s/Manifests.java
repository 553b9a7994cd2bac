// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is applied together.
 *
 * @param all the documents, in their order
 */
public record Manifests(List<Manifest> all) {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Reads YAML of any number of documents. */
  public static Manifests parse(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return new Manifests(
          documents.readAll().stream().filter(JsonNode::isObject).map(Manifest::new).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Stream<Manifest> of(String kind) {
    return all.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  public Optional<Manifest> find(String kind, String name) {
    return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
  }

  /** All pods that they have Kubernetes, Strimzi or the Spark operator make. */
  public List<Pod> pods() {
    return all.stream().flatMap(Pod::of).toList();
  }
}
