package dev.kafila.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, below the range that operating systems take for outgoing connections: a port that is given back for
 * a while (a stopped broker) is not taken by a client that tries to reach it.
 */
final class LoopbackPorts {
    static final String HOST = "127.0.0.1";

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 200;

    private LoopbackPorts() {}

    /** As many different ports as asked for, free at this moment. */
    static List<Integer> take(int count) {
        List<Integer> ports = new ArrayList<>();
        for (int attempt = 0; attempt < TRIES && ports.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException("No free port found on " + HOST + " between " + FIRST + " and " + LAST);
        }
        return List.copyOf(ports);
    }

    /** That port if it is free, else another. */
    static int takePreferring(int port) {
        return isFree(port) ? port : take(1).get(0);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
