package dev.kafila.mapping.api;

import dev.kafila.mapping.FunctionArn;
import software.amazon.awssdk.regions.Region;

/**
 * ARNs of what requests name.
 *
 * @param account of what is named without one
 */
record Names(Region region, String account) {

    /** The ARN of a function that is named in any of the ways that AWS takes; null, and a problem, if it is not. */
    String functionArn(String name, Problems problems) {
        String arn = FunctionArn.of(name, region, account).orElse(null);
        problems.require(
                arn != null,
                "FunctionName",
                "must be a function's name or ARN, with or without a version or alias behind it");
        return arn;
    }

    String mappingArn(String uuid) {
        return mappings() + uuid;
    }

    /** @throws ApiException if it is not the ARN of a mapping that may be here */
    String uuid(String mappingArn) {
        if (!mappingArn.startsWith(mappings())) {
            throw new ApiException(
                    ApiError.NOT_FOUND,
                    "Only event source mappings have tags here, and there is none of this ARN: " + mappingArn);
        }
        return mappingArn.substring(mappings().length());
    }

    private String mappings() {
        return FunctionArn.prefix(region) + ":" + account + ":event-source-mapping:";
    }
}
