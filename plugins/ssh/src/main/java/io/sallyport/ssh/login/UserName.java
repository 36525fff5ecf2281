package io.sallyport.ssh.login;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for by its user name: {@code [ACCOUNT@]TARGET}.
 *
 * @param account the account on the target; null for the target's own
 * @param target the target's name
 */
record UserName(@Nullable String account, String target) {

    static UserName parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? new UserName(null, text) : new UserName(text.substring(0, at), text.substring(at + 1));
    }
}
