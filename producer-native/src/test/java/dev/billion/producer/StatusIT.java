// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the packaged emitter tells of itself over HTTP while it emits. */
@QuarkusIntegrationTest
@QuarkusTestResource(LocalStackResource.class)
class StatusIT {

  @BeforeEach
  void awaitFirstRecords() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> get("/emission").then().statusCode(200).body("sent", greaterThan(100)));
  }

  @Test
  void statusTellsTheRunAndHowFarItIs() {
    get("/emission")
        .then()
        .statusCode(200)
        .body("run", matchesPattern("[0-9a-f]{12}"))
        .body("seed", equalTo(7))
        .body("shards", equalTo(64))
        .body("records", nullValue())
        .body("dead_letters", equalTo(0))
        .body("errors", equalTo(0));
  }

  @Test
  void healthIsUp() {
    get("/q/health/started").then().statusCode(200);
    get("/q/health/live").then().statusCode(200);
    get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void metricsCountWhatTheBrokerAcknowledged() {
    String metrics =
        given().accept("text/plain").get("/q/metrics").then().statusCode(200).extract().asString();
    assertThat(metrics)
        .contains("emitter_target_records_per_second 1234.0")
        .contains("# HELP emitter_records_sent_total Records the broker has acknowledged")
        .containsPattern("emitter_records_sent_total [1-9]")
        .contains("emitter_sent_bytes_total ")
        .contains("emitter_batch_latency_seconds_bucket")
        .contains("emitter_schedule_delay_seconds_bucket")
        .contains("emitter_in_flight_records ")
        .contains("emitter_stalled_seconds ")
        .containsPattern("\nprocess_cpu_seconds_total (0\\.)?[1-9]");
  }
}
