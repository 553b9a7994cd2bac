// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import dev.billion.k8s.rule.Autoscaling;
import dev.billion.k8s.rule.EmitterSettings;
import dev.billion.k8s.rule.Grace;
import dev.billion.k8s.rule.Images;
import dev.billion.k8s.rule.KnownKinds;
import dev.billion.k8s.rule.KubernetesFields;
import dev.billion.k8s.rule.OperatorFields;
import dev.billion.k8s.rule.Ports;
import dev.billion.k8s.rule.References;
import dev.billion.k8s.rule.Resources;
import dev.billion.k8s.rule.Restricted;
import dev.billion.k8s.rule.Selectors;
import dev.billion.k8s.rule.SinkArguments;
import java.util.List;

/** All rules, for this checkout. */
final class Rules {

  private Rules() {}

  static List<Rule> of(Sources sources, Adapter adapter) {
    return List.of(
        new KnownKinds(),
        new KubernetesFields(),
        new OperatorFields(),
        new Autoscaling(adapter.metrics().keySet()),
        new EmitterSettings(),
        new SinkArguments(sources.sinkOptions()),
        new Selectors(),
        new Ports(),
        new Images(),
        new References(),
        new Resources(),
        new Restricted(),
        new Grace());
  }
}
