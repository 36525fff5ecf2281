package io.sallyport.api.action;

import org.jspecify.annotations.Nullable;

/**
 * One request to an API.
 *
 * @param analysis what was read from the request
 * @param method the protocol's own method, for people
 * @param path the path and query as forwarded
 * @param body the body where it was read, else null
 */
public record ApiRequest(Analysis analysis, String method, String path, byte @Nullable [] body) implements Action {

    @Override
    public ActionKind kind() {
        return ActionKind.API_REQUEST;
    }
}
