// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /emission}: what is being emitted and how far it is; 503 before it has started. */
@Path("/emission")
@Produces(MediaType.APPLICATION_JSON)
// for the native binary, whose build sees neither what a Response holds nor the strategy's name
@RegisterForReflection(
    targets = {EmissionResource.Status.class, PropertyNamingStrategies.SnakeCaseStrategy.class})
public class EmissionResource {

  /**
   * @param run the run's id, 12 hexadecimal digits
   * @param records how many the run has, null for no end
   * @param sent how many the broker has acknowledged
   */
  public record Status(
      String run,
      long seed,
      int shards,
      Long records,
      long sent,
      long inFlight,
      long deadLetters,
      long errors,
      double seconds) {}

  private final Emission emission;

  EmissionResource(Emission emission) {
    this.emission = emission;
  }

  @GET
  public Response status() {
    if (!emission.started().toCompletableFuture().isDone()) {
      return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
    }
    Run run = emission.source().run();
    return Response.ok(
            new Status(
                run.name(),
                run.seed(),
                run.shards(),
                run.records() == Run.UNBOUNDED ? null : run.records(),
                emission.meters().recordsSent(),
                emission.inFlight(),
                emission.meters().deadLetters(),
                emission.meters().errors(),
                emission.elapsed() / 1e9))
        .build();
  }
}
