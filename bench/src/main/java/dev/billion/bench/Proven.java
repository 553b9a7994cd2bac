// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

/** What a row says of a table that holds what it should. */
final class Proven {

  static final String NOTE = "verified: every record is in the table once";

  private Proven() {}
}
