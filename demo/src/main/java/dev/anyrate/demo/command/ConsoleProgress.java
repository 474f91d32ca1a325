package dev.anyrate.demo.command;

import dev.anyrate.model.train.TrainingListener;
import java.util.Locale;

/// Shows a run on the console: the loss by epoch, and below it, on a terminal, a bar with loss, series/s and remaining time.
class ConsoleProgress implements TrainingListener, AutoCloseable {
  /// At most about so many lines for a run, so that 500 epochs do not fill the screen.
  private static final int LINES = 20;
  private static final int BAR_WIDTH = 20;
  private static final double WEIGHT_OF_NEWEST = 0.1; // the first steps are slow, and soon forgotten
  private static final long NANOSECONDS_BETWEEN_SHOWS = 100_000_000;

  private final StatusLine status = new StatusLine(System.out, Boolean.getBoolean("anyrate.terminal")); // set by the launcher
  private final int epochs;
  private final int seriesPerEpoch;
  private long lastStep = System.nanoTime();
  private long lastShow = lastStep;
  private double seriesPerSecond; // mean over the last steps
  private long seriesDone;
  private long seriesDoneAtLine;
  private double secondsAtLine;

  /// @param epochs         of the whole run
  /// @param seriesPerEpoch count of training series
  ConsoleProgress(int epochs, int seriesPerEpoch) {
    this.epochs = epochs;
    this.seriesPerEpoch = seriesPerEpoch;
  }

  @Override
  public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
    long now = System.nanoTime();
    double newest = pairs / ((now - lastStep) * 1e-9);
    seriesPerSecond = seriesDone == 0 ? newest : seriesPerSecond + WEIGHT_OF_NEWEST * (newest - seriesPerSecond);
    lastStep = now;
    seriesDone += pairs;
    if (now - lastShow < NANOSECONDS_BETWEEN_SHOWS) return;
    lastShow = now;
    double done = (epoch - 1 + (double) batch / batchesPerEpoch) / epochs;
    double secondsLeft = (1 - done) * epochs * seriesPerEpoch / seriesPerSecond;
    status
        .show(String.format(Locale.ROOT, "epoch %d/%d [%s] %.0f %%  loss %.4f  %.0f series/s  %s left", epoch, epochs, bar(done),
            100 * done, loss, seriesPerSecond, time(secondsLeft)));
  }

  private static String bar(double done) {
    int filled = (int) (BAR_WIDTH * done);
    return "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format("%d:%02d", whole / 60, whole % 60)
        : String.format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  @Override
  public void epoch(int epoch, double loss, double chance, double seconds) {
    int every = Math.max(1, (epochs + LINES - 1) / LINES);
    if (epoch % every != 0 && epoch != epochs && epoch != 1) return;
    status.print(
        String.format(Locale.ROOT, "epoch %d/%d  loss %.4f (chance %.4f)  %.0f series/s  %.1f s", epoch, epochs, loss, chance,
            (seriesDone - seriesDoneAtLine) / (seconds - secondsAtLine), seconds));
    seriesDoneAtLine = seriesDone;
    secondsAtLine = seconds;
  }

  @Override
  public void warning(String message) {
    status.erase();
    Warning.say(message);
  }

  @Override
  public void close() {
    status.erase();
  }
}
