package io.sallyport.launch.follow;

/** Hears what an operator has to know of a follower. Called on the follower's thread. */
interface FollowerEvents {

    /**
     * Segments were removed before the follower had read them.
     *
     * @param follower whose records are missing
     * @param lane where
     * @param segment the first segment that is missing
     * @param count how many are
     */
    void missed(String follower, String lane, long segment, long count);
}
