// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import java.util.List;
import java.util.regex.Pattern;

/** Each image is pinned: by its digest, or by a tag that is not {@code latest}. */
public final class Images implements Rule {

  private static final Pattern PINNED =
      Pattern.compile("[^@:]+(:\\d+/[^@:]+)?(@sha256:[0-9a-f]{64}|:(?!latest$)[\\w][\\w.-]*)");

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.pods().stream()
        .filter(Pod::isSpecified)
        .flatMap(
            pod ->
                pod.containers()
                    .map(container -> container.path("image").asText())
                    .filter(image -> !PINNED.matcher(image).matches())
                    .map(image -> "%s: image is not pinned: '%s'".formatted(pod, image)))
        .toList();
  }
}
