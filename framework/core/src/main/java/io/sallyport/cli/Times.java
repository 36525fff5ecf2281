package io.sallyport.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times on the command line: numbers with the units d, h, m and s, the larger before the smaller. */
final class Times {

    private Times() {}

    /**
     * Reads one.
     *
     * @throws CliException if it is none
     */
    static Duration read(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        int days = upper.indexOf('D');
        try {
            return Duration.parse(
                    days < 0 ? "PT" + upper : "P" + upper.substring(0, days + 1) + time(upper.substring(days + 1)));
        } catch (DateTimeParseException e) {
            throw CliException.usage("'" + text + "' is no time such as 2h, 30m or 1h30m");
        }
    }

    private static String time(String rest) {
        return rest.isEmpty() ? "" : "T" + rest;
    }
}
