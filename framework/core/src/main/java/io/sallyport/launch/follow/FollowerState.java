package io.sallyport.launch.follow;

import java.time.Duration;

/**
 * How a follower of the journal stands.
 *
 * @param name its name
 * @param lag the age of the oldest record that it has read and not passed on; zero if it is waiting for more
 * @param delivered how many records it has passed on since the start
 * @param failures how often that failed since the start
 * @param failure why it failed last; empty since it last succeeded
 */
public record FollowerState(String name, Duration lag, long delivered, long failures, String failure) {}
