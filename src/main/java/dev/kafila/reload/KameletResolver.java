package dev.kafila.reload;

import java.io.InputStream;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceSupport;
import org.apache.camel.support.service.ServiceSupport;

/** Finds kamelets among the {@link FlowFiles}: Camel would take the first of several directories and read it again at any time. */
final class KameletResolver extends ServiceSupport implements ResourceResolver {
    static final String SCHEME = "kafila";

    private final Supplier<FlowFiles> files;
    private CamelContext camelContext;

    KameletResolver(Supplier<FlowFiles> files) {
        this.files = files;
    }

    @Override
    public String getSupportedScheme() {
        return SCHEME;
    }

    @Override
    public Resource resolve(String location) {
        String name = location.substring(location.lastIndexOf('/') + 1);
        FlowFile kamelet = files.get().kamelets().get(name);
        return kamelet == null ? new Missing(name) : new FlowResource(kamelet);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    private static final class Missing extends ResourceSupport {
        Missing(String name) {
            super(SCHEME, "kamelets/" + name);
        }

        @Override
        public boolean exists() {
            return false;
        }

        @Override
        public InputStream getInputStream() {
            return null;
        }
    }
}
