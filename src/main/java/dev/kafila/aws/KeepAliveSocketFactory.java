package dev.kafila.aws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;

/**
 * TLS connections that prove to be alive once a minute. While a function runs nothing travels, and NAT gateways forget a connection
 * after 350 seconds of that (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html); the operating
 * system's first probe is due after two hours.
 *
 * <p>Whom the JVM trusts is read with the first connection: it takes a third of a second, in which the routes start.
 */
final class KeepAliveSocketFactory implements LayeredConnectionSocketFactory {

    private static final int SECONDS = 60;

    private SSLConnectionSocketFactory tls;

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
        Socket socket = SocketFactory.getDefault().createSocket();
        // Not every platform lets a program choose; there the operating system's interval stays.
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS);
        }
        return socket;
    }

    @Override
    public Socket connectSocket(
            int timeout,
            Socket socket,
            HttpHost host,
            InetSocketAddress remote,
            InetSocketAddress local,
            HttpContext context)
            throws IOException {
        return tls().connectSocket(timeout, socket, host, remote, local, context);
    }

    @Override
    public Socket createLayeredSocket(Socket socket, String target, int port, HttpContext context) throws IOException {
        return tls().createLayeredSocket(socket, target, port, context);
    }

    /** Trusts and presents what {@code javax.net.ssl.*} names, else what the JDK trusts. */
    private synchronized SSLConnectionSocketFactory tls() {
        if (tls == null) {
            tls = new SSLConnectionSocketFactory(SSLContexts.createSystemDefault());
        }
        return tls;
    }
}
