package io.sallyport.postgres.target;

/**
 * What a client may read of a target's refusal to let the gateway in: the SQLSTATE always, the words only where they are
 * about the client's own settings and do not name the account.
 */
final class TargetErrors {

    private TargetErrors() {}

    static RefusedStartup forClient(String code, String message, String account) {
        boolean ownSetting = code.startsWith("42") || code.startsWith("22");
        return ownSetting && !message.contains(account)
                ? new RefusedStartup(code, message, true)
                : new RefusedStartup(code, words(code));
    }

    private static String words(String code) {
        if (code.startsWith("28")) {
            return "the target does not accept the gateway's credential";
        }
        return switch (code) {
            case "53300" -> "the target has too many connections";
            case "57P03" -> "the target is starting up, shutting down or recovering";
            case "57P01", "57P02" -> "the target is shutting down";
            case "3D000" -> "the database does not exist on the target";
            case "55000" -> "the target does not accept connections to the database";
            default -> "the target refused the connection";
        };
    }
}
