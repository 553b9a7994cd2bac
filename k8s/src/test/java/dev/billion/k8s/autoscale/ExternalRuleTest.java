// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifests;
import org.junit.jupiter.api.Test;

class ExternalRuleTest {

  @Test
  void aRuleIsFilledInAsTheAdapterDoes() {
    // Given
    ExternalRule rule = rule("max(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)");

    // Then
    assertThat(rule.metric()).isEqualTo("demand");
    assertThat(rule.query("shop", "")).isEqualTo("max(wanted_total{ns=\"shop\"}) by ()");
    assertThat(rule.query("shop", "run=1,zone==a"))
        .isEqualTo("max(wanted_total{run=\"1\",zone=\"a\",ns=\"shop\"}) by ()");
  }

  @Test
  void whatOnlyTheAdapterUnderstandsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule("<<index .LabelValuesByName \"ns\">>").query("shop", ""))
        .withMessageStartingWith("not supported: metricsQuery=");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule("<<.Series>>").query("shop", "run in (1,2)"))
        .withMessage("not supported: selector=run in (1,2)");
  }

  private static ExternalRule rule(String query) {
    JsonNode configuration =
        Manifests.parse(
                """
                externalRules:
                  - seriesQuery: 'wanted_total{ns!=""}'
                    resources: {overrides: {ns: {resource: namespace}}}
                    name: {as: demand}
                    metricsQuery: '%s'
                """
                    .formatted(query))
            .all()
            .get(0)
            .document();
    return ExternalRule.of(configuration).get(0);
  }
}
