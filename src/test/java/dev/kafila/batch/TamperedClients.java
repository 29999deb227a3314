package dev.kafila.batch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes real clients, of which some calls go otherwise. */
final class TamperedClients extends DefaultKafkaClientFactory {
    private final UnaryOperator<Consumer<byte[], byte[]>> tampering;
    private final List<Properties> made;

    /** @param made takes the properties of every client */
    TamperedClients(UnaryOperator<Consumer<byte[], byte[]>> tampering, List<Properties> made) {
        this.tampering = tampering;
        this.made = made;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // Camel's contract is a raw type.
    public Consumer getConsumer(Properties properties) {
        made.add(properties);
        return tampering.apply(super.getConsumer(properties));
    }

    /** The client with these of its methods replaced, by name and number of parameters: {@code commitAsync/2}. */
    @SuppressWarnings("unchecked") // A proxy of the interface.
    static Consumer<byte[], byte[]> with(Consumer<byte[], byte[]> client, Map<String, Call> calls) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    Real real = () -> {
                        try {
                            return method.invoke(client, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    };
                    Call call = calls.get(method.getName() + "/" + method.getParameterCount());
                    return call == null ? real.call() : call.make(real, arguments);
                });
    }

    /** What is done instead of a call. */
    @FunctionalInterface
    interface Call {
        Object make(Real real, Object... arguments) throws Throwable;
    }

    /** The call as it was meant. */
    @FunctionalInterface
    interface Real {
        Object call() throws Throwable;
    }
}
