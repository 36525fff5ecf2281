package io.sallyport.grant;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link Window} as the configuration spells it.
 *
 * @param days the days on which it starts
 * @param from when it starts
 * @param to when it is over; on the following day if it is not later than {@code from}
 * @param zone the zone of both
 */
@Description("The hours in which a grant holds.")
public record WindowSettings(
        @Description("The days on which the window starts; every day without it.")
        @Default("[mon, tue, wed, thu, fri, sat, sun]")
        Set<Day> days,

        @Description("The local time at which the window opens, such as `\"01:00\"`.")
        LocalTime from,

        @Description("The local time at which it closes; on the following day if it is not later than `from`.")
        LocalTime to,

        @Description("The time zone, such as `Europe/Berlin`.") @Default("UTC")
        ZoneId zone) {

    /** Copies the days; a window without days would never open. */
    public WindowSettings {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window needs a day");
        }
    }

    /** The same, without the spelling. */
    public Window toWindow() {
        Set<DayOfWeek> starts = days.stream().map(day -> day.day).collect(Collectors.toUnmodifiableSet());
        return new Window(starts, from, to, zone);
    }

    /** A day of the week. */
    public enum Day {
        /** Monday. */
        MON(DayOfWeek.MONDAY),
        /** Tuesday. */
        TUE(DayOfWeek.TUESDAY),
        /** Wednesday. */
        WED(DayOfWeek.WEDNESDAY),
        /** Thursday. */
        THU(DayOfWeek.THURSDAY),
        /** Friday. */
        FRI(DayOfWeek.FRIDAY),
        /** Saturday. */
        SAT(DayOfWeek.SATURDAY),
        /** Sunday. */
        SUN(DayOfWeek.SUNDAY);

        private final DayOfWeek day;

        Day(DayOfWeek day) {
            this.day = day;
        }
    }
}
