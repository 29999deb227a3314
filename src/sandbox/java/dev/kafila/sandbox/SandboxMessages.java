package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The queues, or the topics, of the sandbox, and what is in them. Rules and answers are for sending. */
public final class SandboxMessages extends SandboxTarget<SentMessage> {
    private final int usualLimit;
    private final Answer missing;
    private final Answer tooLong;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Map<String, SentMessage>> kept = new HashMap<>();
    private final Map<String, Long> hiddenUntil = new HashMap<>();
    private final Map<String, String> receipts = new HashMap<>();
    private boolean any = true;
    private int limit;

    private SandboxMessages(int limit, Answer missing, Answer tooLong) {
        usualLimit = limit;
        this.limit = limit;
        this.missing = missing;
        this.tooLong = tooLong;
    }

    /**
     * Queues of SQS.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">Quotas</a>
     */
    static SandboxMessages queues() {
        return new SandboxMessages(
                1_048_576,
                Answer.status(
                        400,
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "The specified queue does not exist for this wsdl version."),
                Answer.status(
                        400,
                        "InvalidParameterValue",
                        "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."));
    }

    /**
     * Topics of SNS.
     *
     * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
     */
    static SandboxMessages topics() {
        return new SandboxMessages(
                262_144,
                Answer.status(404, "NotFound", "Topic does not exist"),
                Answer.status(400, "InvalidParameter", "Invalid parameter: Message too long"));
    }

    /** From now on only those that were declared exist; before, every one does. */
    public synchronized void declare(String... declared) {
        any = false;
        names.addAll(List.of(declared));
    }

    /** The longest message, in bytes of UTF-8. */
    public synchronized void limit(int bytes) {
        limit = bytes;
    }

    /** What is in a queue, or was published to a topic, in order of arrival. */
    public synchronized List<SentMessage> in(String name) {
        return List.copyOf(messages(name).values());
    }

    /** Takes a message, or says why not; {@link #answered} must follow. */
    synchronized Answer send(SentMessage message) {
        Optional<Answer> refusal = refusal(message);
        return refusal.isPresent() ? refuse(message, refusal.get()) : receive(message);
    }

    private Optional<Answer> refusal(SentMessage message) {
        if (!has(message.to())) {
            return Optional.of(missing);
        }
        if (message.body().getBytes(StandardCharsets.UTF_8).length > limit) {
            return Optional.of(tooLong);
        }
        if (message.body().isEmpty()) {
            return Optional.of(Answer.status(400, "InvalidParameter", "Empty message"));
        }
        boolean complete = message.groupId() != null && message.deduplicationId() != null;
        return message.isFifo() && !complete
                ? Optional.of(Answer.status(400, "MissingParameter", "FIFO needs a group and a deduplication ID"))
                : Optional.empty();
    }

    synchronized boolean has(String name) {
        return any || names.contains(name);
    }

    Answer missing() {
        return missing;
    }

    /** Keeps a message that was taken, and returns what it is answered with: of several of a deduplication ID the first is kept. */
    synchronized SentMessage keep(SentMessage message) {
        String key = message.isFifo() ? message.deduplicationId() : message.id();
        SentMessage before = messages(message.to()).putIfAbsent(key, message);
        return before == null ? message : before;
    }

    /** Messages that nobody else has received, by the receipts under which they can be deleted. */
    synchronized Map<String, SentMessage> take(String queue, int most, int secondsHidden) {
        long now = System.nanoTime();
        Map<String, SentMessage> taken = new LinkedHashMap<>();
        for (SentMessage message : new ArrayList<>(messages(queue).values())) {
            Long hidden = hiddenUntil.get(message.id());
            if (taken.size() < most && (hidden == null || now - hidden >= 0)) {
                String receipt = UUID.randomUUID().toString();
                hiddenUntil.put(message.id(), now + TimeUnit.SECONDS.toNanos(secondsHidden));
                receipts.put(receipt, message.id());
                taken.put(receipt, message);
            }
        }
        return taken;
    }

    synchronized void delete(String queue, String receipt) {
        String id = receipts.remove(receipt);
        messages(queue).values().removeIf(message -> message.id().equals(id));
    }

    private Map<String, SentMessage> messages(String name) {
        return kept.computeIfAbsent(name, made -> new LinkedHashMap<>());
    }

    @Override
    public synchronized void reset() {
        super.reset();
        kept.clear();
        hiddenUntil.clear();
        receipts.clear();
        limit = usualLimit;
    }
}
