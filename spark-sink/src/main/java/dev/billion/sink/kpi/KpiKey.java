// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.io.Serializable;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the events of a row have in common.
 *
 * @param minute its begin, in microseconds since 1970
 */
record KpiKey(
    long minute,
    UTF8String region,
    UTF8String category,
    UTF8String device,
    UTF8String eventType,
    UTF8String currency)
    implements Serializable {

  static final long MICROS_OF_MINUTE = 60_000_000;
}
