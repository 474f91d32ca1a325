package dev.anyrate.demo.report;

import java.util.List;

/// Running text, such as the verdict in words.
///
/// @param paragraphs plain text, one entry for each paragraph; the first one is set as the lead
public record Prose(String title, List<String> paragraphs) implements Section {
  public Prose {
    paragraphs = List.copyOf(paragraphs);
  }
}
