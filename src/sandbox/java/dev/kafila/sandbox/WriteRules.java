package dev.kafila.sandbox;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What the sandbox's broker is told about who may write. */
final class WriteRules {
    private WriteRules() {}

    /** Nobody writes to the topic; everything else stays allowed. */
    static List<AclBinding> against(String topic) {
        ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        return Stream.of(
                        new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW),
                        new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY))
                .map(entry -> new AclBinding(resource, entry))
                .toList();
    }
}
