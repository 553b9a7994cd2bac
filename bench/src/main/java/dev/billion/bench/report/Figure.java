// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

/** What can be measured: its name in JSON, its heading in a table, and how many decimals it has. */
public enum Figure {
  RECORDS_PER_SECOND("records_per_second", "records/s", 0),
  SLOWEST_RECORDS_PER_SECOND("records_per_second_min", "slowest", 0),
  FASTEST_RECORDS_PER_SECOND("records_per_second_max", "fastest", 0),
  MEGABYTES_PER_SECOND("megabytes_per_second", "MB/s", 1),
  RECORDS_PER_CPU_SECOND("records_per_cpu_second", "records/CPU-s", 0),
  CPU_SECONDS_PER_MILLION("cpu_seconds_per_million", "CPU-s/M", 3),
  STEADY_RECORDS_PER_SECOND("steady_records_per_second", "steady records/s", 0),
  STEADY_CPU_SECONDS_PER_MILLION("steady_cpu_seconds_per_million", "steady CPU-s/M", 3),
  CORES("cores", "cores", 2),
  RSS_PEAK("rss_peak_mib", "RSS MiB", 0),
  ALLOCATION("allocated_bytes_per_record", "bytes alloc/record", 1),
  LATENCY_P50("latency_p50_ms", "p50 ms", 1),
  LATENCY_P99("latency_p99_ms", "p99 ms", 1),
  SENT_OVER_SCHEDULED("sent_over_scheduled", "sent/scheduled", 5),
  DELAY_P50("schedule_delay_p50_ms", "delay p50 ms", 2),
  DELAY_P99("schedule_delay_p99_ms", "delay p99 ms", 2),
  DELAY_MAX("schedule_delay_max_ms", "delay max ms", 1),
  STEADY_DELAY_P50("steady_schedule_delay_p50_ms", "steady delay p50 ms", 2),
  STEADY_DELAY_P99("steady_schedule_delay_p99_ms", "p99 ms", 2),
  STEADY_DELAY_MAX("steady_schedule_delay_max_ms", "max ms", 1),
  FIRST_RECORD("first_record_ms", "first record ms", 0),
  FIRST_RECORD_MIN("first_record_min_ms", "fastest", 0),
  FIRST_RECORD_MAX("first_record_max_ms", "slowest", 0),
  BYTES_PER_ROW("bytes_per_row", "bytes/row", 1),
  FILES("files", "files", 0),
  LAG_MAX("lag_max", "lag max", 0),
  LAG_STEADY_MAX("lag_steady_max", "lag steady max", 0),
  LAG_END("lag_end", "lag at end", 0),
  COMMIT_DELAY_P50("commit_delay_p50_ms", "delay p50 ms", 0),
  COMMIT_DELAY_P99("commit_delay_p99_ms", "delay p99 ms", 0),
  COMMIT_DELAY_P99_BOUND("commit_delay_p99_bound_ms", "p99 at most ms", 0),
  COMMIT_DELAY_MAX("commit_delay_max_ms", "delay max ms", 0),
  NANOS_PER_RECORD("ns_per_record", "ns/record", 1),
  NANOS_ERROR("ns_per_record_error", "± (99.9%)", 1);

  private final String field;
  private final String heading;
  private final int decimals;

  Figure(String field, String heading, int decimals) {
    this.field = field;
    this.heading = heading;
    this.decimals = decimals;
  }

  public String field() {
    return field;
  }

  public String heading() {
    return heading;
  }

  public int decimals() {
    return decimals;
  }
}
