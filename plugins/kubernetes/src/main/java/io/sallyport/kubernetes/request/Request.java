package io.sallyport.kubernetes.request;

import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.naming.NamedRequest;

/**
 * A request that may be forwarded.
 *
 * @param method as sent
 * @param route where it goes
 * @param headers as sent
 * @param named what it means
 * @param body the whole body, empty if there is none
 * @param upgrade the protocol that it wants to change to
 */
public record Request(String method, Route route, Headers headers, NamedRequest named, byte[] body, Upgrade upgrade) {

    public boolean headOnly() {
        return method.equals("HEAD");
    }
}
