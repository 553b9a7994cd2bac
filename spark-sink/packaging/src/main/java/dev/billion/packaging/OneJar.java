// SPDX-License-Identifier: Apache-2.0
package dev.billion.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A jar with what several jars have. Where two have a file of the same name, the first counts, as
 * on a class path; but what they say of their services is put together, and each keeps its licence
 * and notices. Files are copied as they are compressed: to pack the 650 MB of Spark anew takes a
 * minute, this takes seconds. For one thread.
 */
final class OneJar implements AutoCloseable {

  /** Says of a jar what is not true of all of them. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|DSA|RSA|EC)|maven/.*)"
              + "|(META-INF/versions/\\d+/)?module-info\\.class");

  private static final Pattern SERVICE = Pattern.compile("META-INF/services/[^/]+");

  private static final Pattern LEGAL =
      Pattern.compile("(META-INF/)?((LICENSE|NOTICE|DEPENDENCIES|COPYRIGHT)[^/]*)");

  private final ZipArchiveOutputStream out;
  private final Set<String> names = new HashSet<>();
  private final Map<String, ByteArrayOutputStream> services = new HashMap<>();

  OneJar(Path file, Manifest manifest) throws IOException {
    out = new ZipArchiveOutputStream(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    write("META-INF/MANIFEST.MF", bytes.toByteArray());
  }

  /** Adds what a jar has and those before had not. */
  void add(Path jar) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(jar).get()) {
      for (Enumeration<ZipArchiveEntry> all = zip.getEntriesInPhysicalOrder();
          all.hasMoreElements(); ) {
        ZipArchiveEntry entry = all.nextElement();
        String name = entry.getName();
        if (SERVICE.matcher(name).matches()) {
          var service = services.computeIfAbsent(name, key -> new ByteArrayOutputStream());
          service.write(content(zip, entry));
          service.write('\n'); // the last line of the file need not end
        } else if (LEGAL.matcher(name).matches()) {
          write("META-INF/legal/%s/%s".formatted(jar.getFileName(), name), content(zip, entry));
        } else if (!LEFT_OUT.matcher(name).matches() && names.add(name)) {
          try (InputStream compressed = zip.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, compressed);
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      for (Map.Entry<String, ByteArrayOutputStream> service : services.entrySet()) {
        write(service.getKey(), service.getValue().toByteArray());
      }
    }
  }

  private static byte[] content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private void write(String name, byte[] content) throws IOException {
    if (names.add(name)) {
      out.putArchiveEntry(new ZipArchiveEntry(name));
      out.write(content);
      out.closeArchiveEntry();
    }
  }
}
