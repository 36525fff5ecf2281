package io.sallyport.hours;

import io.sallyport.api.action.Verb;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The guardrail's keys in the configuration. What a component's type cannot say is checked here, so that a mistake stops the
 * start instead of letting something through at night.
 */
@Description("Hours in which actions are allowed.")
public record HoursConfig(
        @Description("When they begin, such as `08:00`.") String from,

        @Description("When they end, such as `18:00`; before `from` for hours that span midnight.")
        String to,

        @Default("UTC") @Description("The time zone, such as `Europe/Berlin`.")
        String zone,

        @Default("[]") @Description("The verbs that are bound to the hours; all if there are none.")
        List<Verb> verbs) {

    /** Checks that the times can be read and differ. */
    public HoursConfig {
        verbs = List.copyOf(verbs);
        try {
            if (LocalTime.parse(from).equals(LocalTime.parse(to))) {
                throw new IllegalArgumentException("'from' and 'to' are the same time");
            }
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'from' and 'to' are times such as 08:00, 'zone' a time zone", e);
        }
    }
}
