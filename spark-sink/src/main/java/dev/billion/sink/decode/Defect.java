// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;

/**
 * Why a record is no event.
 *
 * @param reason the kind
 * @param detail what is wrong, for people
 * @param schemaId the writer schema that the record names, null if it names none
 */
public record Defect(DeadLetterReason reason, String detail, Integer schemaId) {}
