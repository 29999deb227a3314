package dev.kafila.loopback;

import java.util.regex.Pattern;

/** Tells this machine's own addresses from others, for servers that ask nobody who they are when only this machine reaches them. */
public final class Loopback {
    private static final Pattern ADDRESS =
            Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|::1", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /** Whether a server that listens on this host is reached from this machine only. */
    public static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /**
     * Whether a request was sent by a name that nobody else can have given this machine. A page in a browser can reach a loopback address
     * by a name of its own.
     *
     * @param host header of HTTP; null: there is none
     */
    public static boolean isName(String host) {
        return host != null && NAME.matcher(host).matches();
    }
}
