package io.sallyport.admin;

import java.util.Map;

/** How this gateway is. Both methods answer at once, on any thread. */
public interface GatewayStatus {

    /** Whether it can admit clients now. */
    boolean ready();

    /** Each part's state in a few words, such as {@code journal: writing}. */
    Map<String, String> components();
}
