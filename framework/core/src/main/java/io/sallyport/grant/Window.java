package io.sallyport.grant;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hours in which a grant holds. A window that ends before it starts ends on the following day, and belongs to the day
 * on which it starts.
 *
 * @param days the days on which it starts
 * @param from when it starts
 * @param to when it is over; the same as {@code from} for a whole day
 * @param zone the zone of both
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    private static final int DAYS = 7;

    /** Copies the days. */
    public Window {
        days = Set.copyOf(days);
    }

    /**
     * When the window that is open at an instant closes, or null if none is open. One that opens the moment another closes
     * goes on from it, for a week at most.
     */
    public @Nullable Instant closes(Instant instant) {
        Instant closes = closesAlone(instant);
        for (int day = 0; closes != null && day < DAYS; day++) {
            Instant later = closesAlone(closes);
            if (later == null) {
                break;
            }
            closes = later;
        }
        return closes;
    }

    private @Nullable Instant closesAlone(Instant instant) {
        LocalDate today = instant.atZone(zone).toLocalDate();
        for (LocalDate day : new LocalDate[] {today, today.minusDays(1)}) {
            if (days.contains(day.getDayOfWeek())) {
                Instant opens = day.atTime(from).atZone(zone).toInstant();
                LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
                Instant closes = lastDay.atTime(to).atZone(zone).toInstant();
                if (!instant.isBefore(opens) && instant.isBefore(closes)) {
                    return closes;
                }
            }
        }
        return null;
    }
}
