package dev.kafila.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** S3 of the sandbox: its buckets and what is in them. Rules and answers are for PutObject. */
public final class SandboxBuckets extends SandboxTarget<ObjectPut> {
    private final Set<String> buckets = new HashSet<>();
    private final Map<String, Map<String, StoredObject>> objects = new TreeMap<>();
    private boolean anyBucket = true;
    private volatile Answer headAnswer = Answer.ok();

    SandboxBuckets() {}

    /** From now on only buckets that were declared exist; before, every bucket does. */
    public synchronized void declare(String... names) {
        anyBucket = false;
        buckets.addAll(List.of(names));
    }

    /** How HeadBucket is answered for buckets that exist from now on, as when a permission is missing. */
    public void answersHeadBucketWith(Answer answer) {
        headAnswer = Objects.requireNonNull(answer);
    }

    /** What is in a bucket, by key. */
    public synchronized Map<String, StoredObject> objects(String bucket) {
        return new TreeMap<>(objects.getOrDefault(bucket, Map.of()));
    }

    synchronized boolean has(String bucket) {
        return anyBucket || buckets.contains(bucket);
    }

    synchronized void store(ObjectPut put) {
        objects.computeIfAbsent(put.bucket(), bucket -> new TreeMap<>()).put(put.key(), put.object());
    }

    synchronized Optional<StoredObject> object(String bucket, String key) {
        return Optional.ofNullable(objects.getOrDefault(bucket, Map.of()).get(key));
    }

    Answer headBucket() {
        return headAnswer;
    }

    @Override
    public synchronized void reset() {
        super.reset();
        objects.clear();
        headAnswer = Answer.ok();
    }
}
