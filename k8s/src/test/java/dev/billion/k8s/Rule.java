// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import java.util.List;

/** What manifests that are applied together must be like. */
public interface Rule {

  /** What is wrong with them, a line each; nothing if all is well. */
  List<String> problems(Manifests manifests);
}
