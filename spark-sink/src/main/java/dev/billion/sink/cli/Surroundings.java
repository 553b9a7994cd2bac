// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.stream.StopRequest;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * The world around a command.
 *
 * @param environment environment variables
 * @param clock the time
 * @param stop set when someone wants the command to end
 * @param out gets what the command is asked for
 * @param err gets progress and, as its last line, the error if there is one
 */
public record Surroundings(
    Map<String, String> environment,
    Clock clock,
    StopRequest stop,
    PrintStream out,
    PrintStream err) {}
