package dev.kafila.format;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers between two payloads: as many as were ever filled at once. A thread local would not do, as threads may be virtual. */
public final class PayloadBuffers {
    private static final int CAPACITY = 64 * 1024;

    /** A buffer that one unusual batch has made larger than this is not kept. */
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private final ConcurrentLinkedQueue<PayloadBuffer> free = new ConcurrentLinkedQueue<>();

    public PayloadBuffer take() {
        PayloadBuffer buffer = free.poll();
        return buffer == null ? new PayloadBuffer(CAPACITY) : buffer;
    }

    public void giveBack(PayloadBuffer buffer) {
        if (buffer.capacity() <= MAX_KEPT) {
            free.offer(buffer);
        }
    }
}
