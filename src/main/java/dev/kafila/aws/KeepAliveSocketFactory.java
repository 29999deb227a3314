package dev.kafila.aws;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import jdk.net.ExtendedSocketOptions;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;

/**
 * TLS connections that prove to be alive once a minute. While a function runs nothing travels, and NAT gateways forget a connection
 * after 350 seconds of that (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html); the operating
 * system's first probe is due after two hours.
 */
final class KeepAliveSocketFactory extends SSLConnectionSocketFactory {

    private static final int SECONDS = 60;

    private KeepAliveSocketFactory(SSLContext context) {
        super(context, getDefaultHostnameVerifier());
    }

    /** Trusts and presents what {@code javax.net.ssl.*} names, else what the JDK trusts. */
    static KeepAliveSocketFactory create() {
        return new KeepAliveSocketFactory(SSLContexts.createSystemDefault());
    }

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
        Socket socket = super.createSocket(context);
        // Not every platform lets a program choose; there the operating system's interval stays.
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS);
        }
        return socket;
    }
}
