// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SeatTest {

  private static final Uuid CLUSTER = Uuid.ONE_UUID;

  @Test
  void aBrokerAloneHasOneReplicaOfEverything() {
    Seat seat = new Seat(1, List.of(9000), CLUSTER);
    assertThat(seat.name()).isEqualTo("broker");
    assertThat(seat.format()).contains("--standalone");
    assertThat(seat.settings())
        .containsEntry("controller.quorum.bootstrap.servers", "127.0.0.1:9000")
        .containsEntry("default.replication.factor", "1")
        .containsEntry("min.insync.replicas", "1")
        .containsEntry("transaction.state.log.min.isr", "1");
  }

  @Test
  void ofThreeOneMayBeAway() {
    Seat seat = new Seat(2, List.of(9000, 9001, 9002), CLUSTER);
    assertThat(seat.name()).isEqualTo("broker-2");
    assertThat(seat.controllerPort()).isEqualTo(9001);
    assertThat(seat.format()).doesNotContain("--standalone");
    assertThat(seat.settings())
        .containsEntry("node.id", "2")
        .containsEntry(
            "controller.quorum.voters", "1@127.0.0.1:9000,2@127.0.0.1:9001,3@127.0.0.1:9002")
        .containsEntry("default.replication.factor", "3")
        .containsEntry("min.insync.replicas", "2")
        .containsEntry("transaction.state.log.replication.factor", "3")
        .containsEntry("transaction.state.log.min.isr", "2");
  }
}
