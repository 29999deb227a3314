package dev.kafila.reload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.support.ResourceSupport;

/** A {@link FlowFile} as Camel's loaders take it, with the location of the file in their messages. */
final class FlowResource extends ResourceSupport {
    private final FlowFile file;

    FlowResource(FlowFile file) {
        super(scheme(file), file.location());
        this.file = file;
    }

    private static String scheme(FlowFile file) {
        return file.location().substring(0, file.location().indexOf(':'));
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public URI getURI() {
        try {
            String location = file.location();
            return new URI(getScheme(), location.substring(location.indexOf(':') + 1), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not a location: " + file.location(), e);
        }
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(file.text().getBytes(StandardCharsets.UTF_8));
    }
}
