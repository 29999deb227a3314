package dev.kafila.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    static boolean speaks(AwsRequest request) {
        return request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, "sts");
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        Map<String, String> form = form(request.body().asUtf8String());
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
                : new AwsReply(answer, 200, headers(), credentials(role), roles::answered);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
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
                        escaped(role.sessionName()),
                        escaped(role.roleArn().replace(":role/", ":assumed-role/")),
                        escaped(role.sessionName()),
                        role.accessKeyId(),
                        role.accessKeyId(),
                        Instant.now().plus(roles.session()).truncatedTo(ChronoUnit.SECONDS),
                        UUID.randomUUID());
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        String text =
                "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                        .formatted(NAMESPACE, escaped(answer.errorType()), escaped(answer.body()));
        return new AwsReply(answer, answer.status(), headers(), text, finished);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "Content-Type",
                "text/xml",
                "x-amzn-RequestId",
                UUID.randomUUID().toString().toLowerCase(Locale.ROOT)));
    }
}
