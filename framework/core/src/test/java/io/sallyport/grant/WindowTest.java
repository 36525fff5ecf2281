package io.sallyport.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A grant's window")
class WindowTest {

    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int WEEK = 7 * 24 * 60;

    private static Window window(Set<DayOfWeek> days, String from, String to, ZoneId zone) {
        return new Window(days, LocalTime.parse(from), LocalTime.parse(to), zone);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2027-01-04T00:59:59+01:00, closed",
        "2027-01-04T01:00:00+01:00, 2027-01-04T05:00:00+01:00",
        "2027-01-04T04:59:59+01:00, 2027-01-04T05:00:00+01:00",
        "2027-01-04T05:00:00+01:00, closed",
        "2027-01-08T02:00:00+01:00, 2027-01-08T05:00:00+01:00",
        "2027-01-09T02:00:00+01:00, closed",
        "2027-07-05T02:00:00+02:00, 2027-07-05T05:00:00+02:00",
        "2027-07-05T05:00:00+02:00, closed"
    })
    @DisplayName("is open on its days from the first minute to before the last, by the clocks of its zone")
    void hours(String at, String closes) {
        // Given
        Window nights = window(WORKDAYS, "01:00", "05:00", BERLIN);

        // When
        Instant answer = nights.closes(instant(at));

        // Then
        assertEquals(closes.equals("closed") ? null : instant(closes), answer);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2027-01-08T21:59:59Z, closed",
        "2027-01-08T22:00:00Z, 2027-01-09T06:00:00Z",
        "2027-01-09T05:59:59Z, 2027-01-09T06:00:00Z",
        "2027-01-09T22:00:00Z, closed",
        "2027-01-08T03:00:00Z, closed"
    })
    @DisplayName("that goes over midnight belongs to the day on which it opens")
    void overMidnight(String at, String closes) {
        // Given
        Window friday = window(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00", ZoneOffset.UTC);

        // When
        Instant answer = friday.closes(instant(at));

        // Then
        assertEquals(closes.equals("closed") ? null : instant(closes), answer);
    }

    @Test
    @DisplayName("of whole days goes on from one day to the next")
    void wholeDays() {
        // Given
        Window workdays = window(WORKDAYS, "00:00", "00:00", ZoneOffset.UTC);

        // When
        Instant fromTuesday = workdays.closes(instant("2027-01-05T12:00:00Z"));
        Instant onSaturday = workdays.closes(instant("2027-01-09T00:00:00Z"));

        // Then
        assertEquals(instant("2027-01-09T00:00:00Z"), fromTuesday);
        assertNull(onSaturday);
    }

    @Test
    @DisplayName("that never closes tells an end at least a week away")
    void always() {
        // Given
        Window always = window(ALL, "08:00", "08:00", ZoneOffset.UTC);
        Instant now = instant("2027-01-05T12:00:00Z");

        // When
        Instant closes = always.closes(now);

        // Then
        assertNotNull(closes);
        assertEquals(true, Duration.between(now, closes).compareTo(Duration.ofDays(7)) > 0);
    }

    @Test
    @DisplayName("keeps its local hours when clocks change: an hour shorter in spring, an hour longer in autumn")
    void clocksChange() {
        // Given
        Window nights = window(ALL, "01:00", "05:00", BERLIN);

        // When
        Duration spring = open(nights, "2027-03-28T00:00:00Z");
        Duration autumn = open(nights, "2027-10-30T23:00:00Z");

        // Then
        assertEquals(Duration.ofHours(3), spring);
        assertEquals(Duration.ofHours(5), autumn);
    }

    @Test
    @DisplayName("is open in exactly the minutes that a calendar of the week shows, whatever its days and hours")
    void likeACalendar() {
        // Given
        Random random = new Random(20_270_101);
        Instant monday = instant("2027-01-04T00:00:00Z");
        for (int round = 0; round < 300; round++) {
            Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
            for (DayOfWeek day : ALL) {
                if (random.nextInt(3) == 0) {
                    days.add(day);
                }
            }
            int from = random.nextInt(24 * 60);
            int to = random.nextInt(4) == 0 ? from : random.nextInt(24 * 60);
            Window window = new Window(
                    days, LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to * 60L), ZoneOffset.UTC);
            boolean[] calendar = calendar(days, from, to);

            for (int i = 0; i < 200; i++) {
                // When
                int minute = random.nextInt(WEEK);
                Instant closes = window.closes(monday.plus(Duration.ofMinutes(minute)));

                // Then
                String shown = window + " at minute " + minute;
                assertEquals(calendar[minute], closes != null, shown);
                if (closes != null && !always(calendar)) {
                    int end = minute;
                    while (calendar[end % WEEK]) {
                        end++;
                    }
                    assertEquals(monday.plus(Duration.ofMinutes(end)), closes, shown);
                }
            }
        }
    }

    private static boolean always(boolean[] calendar) {
        for (boolean open : calendar) {
            if (!open) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] calendar(Set<DayOfWeek> days, int from, int to) {
        boolean[] calendar = new boolean[WEEK];
        int length = to > from ? to - from : 24 * 60 - from + to;
        for (DayOfWeek day : days) {
            for (int minute = 0; minute < length; minute++) {
                calendar[((day.getValue() - 1) * 24 * 60 + from + minute) % WEEK] = true;
            }
        }
        return calendar;
    }

    private static Duration open(Window window, String opens) {
        Instant opened = instant(opens);
        assertNull(window.closes(opened.minusSeconds(1)));
        Instant closes = window.closes(opened);
        assertNotNull(closes);
        return Duration.between(opened, closes);
    }

    private static Instant instant(String text) {
        return java.time.OffsetDateTime.parse(text).toInstant();
    }
}
