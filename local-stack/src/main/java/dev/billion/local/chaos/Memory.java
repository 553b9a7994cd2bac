// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many brokers a machine has the memory for, beside a sink and emitters. */
final class Memory {

  private static final long ENOUGH_BYTES = 6L << 30;

  private Memory() {}

  /** 3 or 1, by the memory of the machine, or the container. */
  static int brokers() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getTotalMemorySize() >= ENOUGH_BYTES ? 3 : 1;
  }
}
