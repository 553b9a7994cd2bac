// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.start;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import net.jpountz.lz4.LZ4Factory;

/**
 * Has lz4-java load its C library. Kafka asks it for the fastest codec there is, but outside of the
 * system class loader, where Quarkus keeps its libraries, lz4-java counts the C library only when
 * it is loaded already, and takes its slower Java code.
 *
 * @see LZ4Factory#fastestInstance()
 */
@Startup
@Singleton
class FastLz4 {

  @PostConstruct
  void load() {
    try {
      LZ4Factory.nativeInstance();
    } catch (LinkageError | AssertionError e) {
      // not for this platform, or nowhere to unpack it: the Java code will do
    }
  }
}
