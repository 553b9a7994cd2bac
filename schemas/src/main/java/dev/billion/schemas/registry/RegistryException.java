// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas.registry;

/**
 * What a schema registry answered, or that it did not. The message is one line for the operator.
 */
public sealed class RegistryException extends RuntimeException {

  private RegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** No usable answer within the deadline. Trying later may help. */
  public static final class Unreachable extends RegistryException {
    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The registry answers and says no: credentials, address or request are wrong. */
  public static final class Refused extends RegistryException {
    Refused(String message) {
      super(message, null);
    }
  }

  /** The registry knows no schema of this id. */
  public static final class UnknownId extends RegistryException {
    UnknownId(String message) {
      super(message, null);
    }
  }

  /** There is a schema of this id, but not one that can be read as Avro here. */
  public static final class UnusableSchema extends RegistryException {
    UnusableSchema(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The subject's compatibility rule forbids this schema. */
  public static final class Incompatible extends RegistryException {
    Incompatible(String message) {
      super(message, null);
    }
  }
}
