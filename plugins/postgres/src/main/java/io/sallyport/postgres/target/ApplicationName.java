package io.sallyport.postgres.target;

import io.sallyport.api.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The name under which a session appears in the target's own log and in pg_stat_activity: {@code SESSION/PRINCIPAL/NAME},
 * where NAME is the one that the client gave. PostgreSQL keeps 63 bytes of it and of these the printable ones of ASCII.
 */
final class ApplicationName {

    private static final String PARAMETER = "application_name";
    private static final int LONGEST = 63;

    private ApplicationName() {}

    /** The parameters with the name in them. */
    static Map<String, String> in(Map<String, String> parameters, Session session) {
        Map<String, String> named = new LinkedHashMap<>(parameters);
        String given = "";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (parameter.getKey().equalsIgnoreCase(PARAMETER)) {
                given = parameter.getValue();
                named.remove(parameter.getKey());
            }
        }
        String whole = session.id() + "/" + session.principal().display() + (given.isEmpty() ? "" : "/" + given);
        named.put(PARAMETER, kept(whole));
        return named;
    }

    private static String kept(String name) {
        StringBuilder kept = new StringBuilder(LONGEST);
        for (int i = 0; i < name.length() && i < LONGEST; i++) {
            char c = name.charAt(i);
            kept.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return kept.toString();
    }
}
