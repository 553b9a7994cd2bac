// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static dev.billion.sink.testing.Fault.At.AFTER;
import static dev.billion.sink.testing.Fault.Kind.STALL;
import static org.awaitility.Awaitility.await;

import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Fault;
import dev.billion.sink.testing.FaultyLine;
import dev.billion.sink.testing.S3Server;
import dev.billion.sink.testing.StalledPut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** On S3, which a line leads to that stalls, and may be cut. */
class S3KillMatrixIT extends KillMatrix {

  /** So many that the store is away, and not only a connection broken. */
  private static final int REQUESTS = 5;

  private S3Server server;
  private FaultyLine line;
  private StalledPut stalled;

  S3KillMatrixIT() {
    super("matrix-on-s3");
  }

  @Override
  void prepare() throws Exception {
    server = new S3Server(directory);
    server.properties().forEach(System::setProperty);
    line = new FaultyLine(server.endpoint());
  }

  @AfterAll
  void stopServer() throws Exception {
    server.properties().keySet().forEach(System::clearProperty);
    line.close();
    server.close();
  }

  @Test
  void aStoreThatIsAwayDuringABatchIsWaitedFor() throws Exception {
    sendInto(new Fault(STALL, AFTER, PLAN, 2));
    line.cut();
    release();
    await().atMost(SOON).until(() -> line.requestsCut() >= REQUESTS);
    line.mend();

    everythingIsThereOnce();
  }

  @Override
  String place() {
    return "s3a://" + S3Server.BUCKET;
  }

  @Override
  Path placeOnDisk() {
    return server.directory();
  }

  @Override
  ChildSink start(List<String> args) throws IOException {
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("AWS_ENDPOINT_URL_S3", line.endpoint());
    return new ChildSink(directory, environment, args);
  }

  @Override
  void arm(Fault fault) {
    stalled = new StalledPut(fault);
    line.let(stalled);
  }

  @Override
  boolean hasStruck() {
    return stalled.hasStruck();
  }

  @Override
  void release() {
    stalled.release();
  }

  @Override
  void forget() {
    if (stalled != null) {
      stalled.forget();
    }
    line.let(FaultyLine.Fates.NONE);
  }
}
