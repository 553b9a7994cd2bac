// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.bench.report.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A running process whose progress and processor time are noted together, so that both belong to
 * the same moment. Safe for use by several threads.
 */
public final class Watch {

  private final Proc proc;
  private final List<Sample> samples = new ArrayList<>();
  private double peakMib;

  /** Watches a process from now on. */
  public Watch(long pid) {
    this.proc = Proc.of(pid);
    sample(0);
  }

  /**
   * Watches a process since its start.
   *
   * @param startNanos its start, ns of {@link System#nanoTime}
   */
  Watch(long pid, long startNanos) {
    this.proc = Proc.of(pid);
    samples.add(new Sample(startNanos, 0, 0));
  }

  /**
   * Notes how far it is.
   *
   * @param done how many records are done
   */
  public synchronized void sample(long done) {
    try {
      samples.add(new Sample(System.nanoTime(), proc.cpuSeconds(), done));
      peakMib = Math.max(peakMib, proc.peakMib());
    } catch (IOException e) {
      // it ended meanwhile, and what it used is no longer known
    }
  }

  /** Notes its memory only. */
  synchronized void look() {
    try {
      peakMib = Math.max(peakMib, proc.peakMib());
    } catch (IOException e) {
      // it ended meanwhile
    }
  }

  /** Whether there is a time between two notes. */
  public synchronized boolean complete() {
    return samples.size() >= 2;
  }

  /** The most memory that it was seen to hold, MiB. */
  synchronized double peakMib() {
    return peakMib;
  }

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** The steady part, of {@code records} in all; {@link #complete()} is true. */
  synchronized Window window(long records) {
    return Window.of(samples, records);
  }

  /** Rate, processor time and memory in the steady part; {@link #complete()} is true. */
  public Map<Figure, Double> figures(long records) {
    Window window = window(records);
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.RECORDS_PER_SECOND, window.records() / window.seconds());
    figures.put(Figure.RECORDS_PER_CPU_SECOND, window.records() / window.cpuSeconds());
    figures.put(Figure.CPU_SECONDS_PER_MILLION, window.cpuSeconds() / window.records() * 1e6);
    figures.put(Figure.CORES, window.cpuSeconds() / window.seconds());
    figures.put(Figure.RSS_PEAK, peakMib());
    return figures;
  }

  /** Whether there is a steady part; {@link #complete()} is true. */
  public boolean steady(long records) {
    return window(records).steady();
  }
}
