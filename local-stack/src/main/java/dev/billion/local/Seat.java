// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * A broker's place among those of its stack, which are their own KRaft quorum.
 *
 * @param id of the broker, from 1 on
 * @param controllerPorts of all, in the order of their ids
 * @param cluster the cluster's id, for the first start on an empty directory
 */
record Seat(int id, List<Integer> controllerPorts, Uuid cluster) {

  private static final int MOST_REPLICAS = 3;

  Seat {
    controllerPorts = List.copyOf(controllerPorts);
  }

  boolean alone() {
    return controllerPorts.size() == 1;
  }

  /** What its directory and its log are called. */
  String name() {
    return alone() ? "broker" : "broker-" + id;
  }

  int controllerPort() {
    return controllerPorts.get(id - 1);
  }

  /** All settings that depend on how many there are: one may be away, where there are three. */
  Map<String, String> settings() {
    int replicas = Math.min(MOST_REPLICAS, controllerPorts.size());
    String copies = Integer.toString(replicas);
    String inSync = Integer.toString(Math.max(1, replicas - 1));
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "node.id", Integer.toString(id),
                "default.replication.factor", copies,
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", copies,
                "transaction.state.log.replication.factor", copies,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", copies,
                "share.coordinator.state.topic.min.isr", inSync));
    // several are named by the file at each start, since their ports may be others than before
    settings.put(
        alone() ? "controller.quorum.bootstrap.servers" : "controller.quorum.voters",
        IntStream.rangeClosed(1, controllerPorts.size())
            .mapToObj(this::voter)
            .collect(Collectors.joining(",")));
    return settings;
  }

  /** Arguments that format an empty directory. */
  List<String> format() {
    return alone()
        ? List.of("format", "--cluster-id", cluster.toString(), "--standalone")
        : List.of("format", "--cluster-id", cluster.toString());
  }

  private String voter(int voter) {
    String address = Ports.HOST + ":" + controllerPorts.get(voter - 1);
    return alone() ? address : voter + "@" + address;
  }
}
