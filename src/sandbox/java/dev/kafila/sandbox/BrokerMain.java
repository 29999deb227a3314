package dev.kafila.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The broker of a {@link BrokerProcess}. It runs until it is killed, or until the process that started it is gone. */
final class BrokerMain {
    private BrokerMain() {}

    /** As {@link #main} reads them: the directory, and the ports. */
    static List<String> arguments(BrokerConfig config) {
        return Stream.concat(
                        Stream.of(config.directory().toString()),
                        config.ports().stream().map(String::valueOf))
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> ports =
                Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
        BrokerNode.opened(new BrokerConfig(Path.of(arguments[0]), ports, null, Map.of()));
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }
}
