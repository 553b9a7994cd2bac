// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.sink.verify.Proof;
import dev.billion.sink.verify.RunProof;
import dev.billion.sink.verify.ShardProof;
import java.io.PrintStream;
import java.util.Locale;

/** A {@link Proof} in words or as JSON. */
final class ProofReport {

  private final Proof proof;
  private final boolean byShard;

  ProofReport(Proof proof, boolean byShard) {
    this.proof = proof;
    this.byShard = byShard;
  }

  void json(PrintStream out) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("ok", proof.ok());
    ArrayNode runs = object.putArray("runs");
    proof.runs().forEach(run -> describe(run, runs.addObject()));
    object.put("dead_letters", proof.deadLetters());
    object.put("doubled_dead_letters", proof.doubledDeadLetters());
    object.put("unidentified", proof.unidentified());
    object.put("lost_offsets", proof.lostOffsets());
    object.put("poison", proof.poison());
    object.put("missing_poison", proof.missingPoison());
    out.println(object);
  }

  void text(PrintStream out) {
    for (RunProof run : proof.runs()) {
      out.printf(
          Locale.ROOT,
          "run %s: %,d records in %d shards, %,d missing, %,d duplicates, %,d unexpected, %,d dead letters%s%n",
          run.name(),
          run.records(),
          run.shards().size(),
          run.missing(),
          run.duplicates(),
          run.unexpected(),
          run.deadLetters(),
          run.sent() ? "" : " (without --sent the end of each shard is not checked)");
      if (byShard) {
        run.shards().forEach(shard -> text(shard, out));
      }
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d dead letters in all, %,d stored twice, %,d events without an event id, %,d of %,d poison missing%s%n",
        proof.ok() ? "ok" : "NOT OK",
        proof.deadLetters(),
        proof.doubledDeadLetters(),
        proof.unidentified(),
        proof.missingPoison(),
        proof.poison(),
        proof.lostOffsets() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %,d offsets gone from Kafka (table gaps)", proof.lostOffsets()));
  }

  private static void text(ShardProof shard, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "  shard %4d: %,d to %,d, %,d records, %,d missing, %,d duplicates, %,d unexpected, %,d dead letters%n",
        shard.shard(),
        shard.first(),
        shard.last(),
        shard.count(),
        shard.missing(),
        shard.duplicates(),
        shard.unexpected(),
        shard.deadLetters());
  }

  private void describe(RunProof run, ObjectNode object) {
    object.put("run", run.name());
    object.put("shards", run.shards().size());
    object.put("records", run.records());
    object.put("missing", run.missing());
    object.put("duplicates", run.duplicates());
    object.put("unexpected", run.unexpected());
    object.put("dead_letters", run.deadLetters());
    if (byShard) {
      ArrayNode shards = object.putArray("by_shard");
      run.shards().forEach(shard -> describe(shard, shards.addObject()));
    }
  }

  private static void describe(ShardProof shard, ObjectNode object) {
    object.put("shard", shard.shard());
    object.put("first", shard.first());
    object.put("last", shard.last());
    object.put("count", shard.count());
    object.put("missing", shard.missing());
    object.put("duplicates", shard.duplicates());
    object.put("unexpected", shard.unexpected());
    object.put("dead_letters", shard.deadLetters());
  }
}
