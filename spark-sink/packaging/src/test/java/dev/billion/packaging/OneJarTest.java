// SPDX-License-Identifier: Apache-2.0
package dev.billion.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneJarTest {

  @TempDir private Path directory;

  @Test
  void itHasWhatItsJarsHaveAsAClassPathOfThemWould() throws IOException {
    // Given
    Path first =
        jar(
            "first.jar",
            Map.of(
                "META-INF/", "",
                "META-INF/LICENSE", "one's licence",
                "META-INF/services/Codec", "one.Fast",
                "both.txt", "one",
                "one.txt", "1".repeat(10_000)));
    Path second =
        jar(
            "second.jar",
            Map.of(
                "META-INF/", "",
                "META-INF/LICENSE", "another's licence",
                "META-INF/KEY.SF", "a signature",
                "META-INF/maven/group/pom.xml", "<project/>",
                "META-INF/services/Codec", "another.Small\n",
                "META-INF/versions/9/module-info.class", "of another",
                "module-info.class", "of another",
                "both.txt", "another"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "one.Main");

    // When
    Path both = directory.resolve("both.jar");
    try (OneJar one = new OneJar(both, manifest)) {
      one.add(first);
      one.add(second);
    }

    // Then
    try (JarFile jar = new JarFile(both.toFile())) {
      assertThat(jar.getManifest()).isEqualTo(manifest);
      assertThat(contents(jar))
          .containsOnly(
              Map.entry("META-INF/", ""),
              Map.entry("META-INF/legal/first.jar/META-INF/LICENSE", "one's licence"),
              Map.entry("META-INF/legal/second.jar/META-INF/LICENSE", "another's licence"),
              Map.entry("META-INF/services/Codec", "one.Fast\nanother.Small\n\n"),
              Map.entry("both.txt", "one"),
              Map.entry("one.txt", "1".repeat(10_000)));
    }
  }

  private Path jar(String name, Map<String, String> files) throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
      for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(UTF_8));
      }
    }
    return jar;
  }

  private static Map<String, String> contents(JarFile jar) {
    return jar.stream()
        .filter(entry -> !entry.getName().equals(JarFile.MANIFEST_NAME))
        .collect(Collectors.toMap(ZipEntry::getName, entry -> content(jar, entry)));
  }

  private static String content(JarFile jar, ZipEntry entry) {
    try (var in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
