// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Each argument of the sink is an option of its {@code stream}; each variable is used by an
 * argument, or is one that the sink or its libraries read.
 */
public final class SinkArguments implements Rule {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");
  private static final Pattern READ =
      Pattern.compile(
          "AWS_(REGION|ENDPOINT_URL_S3|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)|JAVA_TOOL_OPTIONS"
              + "|BILLION_REGISTRY_(TRUSTSTORE_)?PASSWORD|HADOOP_USER_NAME|SPARK_USER");
  private static final Set<String> CONTAINERS = Set.of("sink", "driver");

  private final Set<String> options;

  /**
   * @param options of {@code stream}, with their dashes
   */
  public SinkArguments(Set<String> options) {
    this.options = options;
  }

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests.pods().stream()
        .flatMap(Pod::containers)
        .filter(container -> CONTAINERS.contains(container.path("name").asText()))
        .forEach(container -> check(manifests, container, problems));
    return problems;
  }

  private void check(Manifests manifests, JsonNode container, List<String> problems) {
    List<String> arguments = Pod.elements(container.path("args")).map(JsonNode::asText).toList();
    arguments.stream()
        .skip(1)
        .map(argument -> argument.split("=", 2)[0])
        .filter(option -> !options.contains(option))
        .forEach(option -> problems.add("the sink has no option " + option));
    if (arguments.isEmpty() || !arguments.get(0).equals("stream")) {
      problems.add("the sink is not told to stream: " + arguments);
    }

    Map<String, String> variables = Environment.of(manifests, container);
    Set<String> used =
        arguments.stream()
            .flatMap(argument -> REFERENCE.matcher(argument).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    used.stream()
        .filter(name -> !variables.containsKey(name))
        .forEach(name -> problems.add("the sink's arguments need a variable " + name));
    variables.keySet().stream()
        .filter(name -> !used.contains(name) && !READ.matcher(name).matches())
        .forEach(name -> problems.add("the sink does not use " + name));
  }
}
