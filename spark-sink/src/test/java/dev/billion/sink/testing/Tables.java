// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks into Delta tables. */
public final class Tables {

  private Tables() {}

  /** The rows of {@code SELECT select FROM path rest}. */
  public static List<Row> query(String select, String path, String rest) throws IOException {
    try (SparkSession spark = SparkSessions.open(null)) {
      return spark
          .sql("SELECT %s FROM delta.`%s` %s".formatted(select, path, rest))
          .collectAsList();
    }
  }

  /** The files of the newest version. */
  public static List<LoggedFile> files(String table) {
    return TableLog.newest(new Configuration(), table).orElseThrow().files();
  }

  /** All commits of a local table. */
  public static String log(Path table) throws IOException {
    StringBuilder commits = new StringBuilder();
    try (var files = Files.newDirectoryStream(table.resolve("_delta_log"), "*.json")) {
      for (Path file : files) {
        commits.append(Files.readString(file));
      }
    }
    return commits.toString();
  }
}
