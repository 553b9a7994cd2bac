// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Command lines of child processes that are native binaries. Like those of {@link Java} they end
 * with their parent: a shell beside the binary, which takes its place, waits for the end of the
 * pipe on standard input.
 */
public final class Binary {

  // $$ stays the same through exec; the watcher keeps no output open, for its reader waits for the
  // end
  private static final String UNTIL_PARENT_ENDS =
      "exec 3<&0; { while read -r _; do :; done; kill -KILL $$; } <&3 3<&- >/dev/null 2>&1 &"
          + " exec \"$@\" </dev/null 3<&-";

  private static final String EMITTER = "billion.emitter";

  private Binary() {}

  /** The emitter's binary, where there is one: the system property {@value #EMITTER} names it. */
  public static Optional<Path> emitter() {
    return Optional.ofNullable(System.getProperty(EMITTER)).map(Path::of);
  }

  /** Runs an executable file. */
  public static List<String> command(Path file, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", UNTIL_PARENT_ENDS, "sh", file.toString()));
    command.addAll(arguments);
    return command;
  }
}
