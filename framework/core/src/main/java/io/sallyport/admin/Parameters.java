package io.sallyport.admin;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query parameters, read strictly. */
final class Parameters {

    private static final int MOST = 1_000;

    private Parameters() {}

    static @Nullable String one(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            throw new IllegalArgumentException("the parameter " + name + " may be given once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    static int limit(RoutingContext context, int otherwise) {
        String value = one(context, "limit");
        if (value == null) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw new IllegalArgumentException("limit is a number from 1 to " + MOST);
    }

    static boolean flag(RoutingContext context, String name) {
        String value = one(context, name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException(name + " is true or false");
    }
}
