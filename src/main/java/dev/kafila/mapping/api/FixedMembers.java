package dev.kafila.mapping.api;

import dev.kafila.mapping.MappingIdentity;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** What a mapping keeps as long as it lives: where its records come from, and who reads them. */
record FixedMembers(EventSourceMappingConfiguration before, EventSourceMappingConfiguration after, Problems problems) {

    void check() {
        require("Topics", EventSourceMappingConfiguration::topics);
        require("SelfManagedEventSource", EventSourceMappingConfiguration::selfManagedEventSource);
        require("EventSourceArn", EventSourceMappingConfiguration::eventSourceArn);
        require("StartingPosition", EventSourceMappingConfiguration::startingPosition);
        require("StartingPositionTimestamp", EventSourceMappingConfiguration::startingPositionTimestamp);
        require("ConsumerGroupId", MappingIdentity::group);
    }

    private void require(String name, Function<EventSourceMappingConfiguration, Object> member) {
        problems.require(
                Objects.equals(member.apply(before), member.apply(after)),
                name,
                "cannot be changed; create another event source mapping");
    }
}
