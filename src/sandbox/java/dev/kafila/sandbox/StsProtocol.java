package dev.kafila.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** AssumeRole of STS: the query protocol, answered in XML. */
final class StsProtocol {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private final SandboxRoles roles;
    private final AtomicInteger keys = new AtomicInteger();

    StsProtocol(SandboxRoles roles) {
        this.roles = roles;
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, "sts");
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        Map<String, String> form = QueryProtocol.form(request);
        if (!"AssumeRole".equals(form.get("Action"))) {
            return error(Answer.status(400, "InvalidAction", "The sandbox knows AssumeRole only"), () -> {});
        }
        AssumedRole role = new AssumedRole(
                form.get("RoleArn"),
                form.get("RoleSessionName"),
                form.get("ExternalId"),
                Signature.of(request).orElse(null),
                Instant.now(),
                "ASIASANDBOX%09d".formatted(keys.incrementAndGet()));
        boolean complete = role.roleArn() != null && role.sessionName() != null;
        Answer answer = complete
                ? roles.receive(role)
                : roles.refuse(role, Answer.status(400, "ValidationError", "RoleArn and RoleSessionName are required"));
        return answer.kind() == Answer.Kind.ERROR
                ? error(answer, roles::answered)
                : new AwsReply(answer, 200, QueryProtocol.headers(), credentials(role), roles::answered);
    }

    private String credentials(AssumedRole role) {
        return """
            <AssumeRoleResponse xmlns="%s">
              <AssumeRoleResult>
                <AssumedRoleUser>
                  <AssumedRoleId>AROASANDBOX:%s</AssumedRoleId>
                  <Arn>%s/%s</Arn>
                </AssumedRoleUser>
                <Credentials>
                  <AccessKeyId>%s</AccessKeyId>
                  <SecretAccessKey>sandbox</SecretAccessKey>
                  <SessionToken>sandbox-session-of-%s</SessionToken>
                  <Expiration>%s</Expiration>
                </Credentials>
              </AssumeRoleResult>
              <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
            </AssumeRoleResponse>
            """.formatted(
                        NAMESPACE,
                        QueryProtocol.escaped(role.sessionName()),
                        QueryProtocol.escaped(role.roleArn().replace(":role/", ":assumed-role/")),
                        QueryProtocol.escaped(role.sessionName()),
                        role.accessKeyId(),
                        role.accessKeyId(),
                        Instant.now().plus(roles.session()).truncatedTo(ChronoUnit.SECONDS),
                        UUID.randomUUID());
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        return QueryProtocol.error(NAMESPACE, answer, finished);
    }
}
