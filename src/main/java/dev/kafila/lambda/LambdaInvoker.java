package dev.kafila.lambda;

import dev.kafila.aws.AwsFailure;
import dev.kafila.delivery.OwnProducer;
import dev.kafila.failure.Part;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.lambda.Lambda2Component;
import org.apache.camel.component.aws2.lambda.Lambda2Configuration;
import org.apache.camel.component.aws2.lambda.Lambda2Constants;
import org.apache.camel.component.aws2.lambda.Lambda2Endpoint;
import org.apache.camel.component.aws2.lambda.Lambda2Operations;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Invokes one function through Camel's {@code aws2-lambda}: one call is one request. Thread-safe. */
final class LambdaInvoker implements Invoker, AutoCloseable {
    private final OwnProducer producer;
    private final FunctionName function;
    private final boolean async;
    private final InvokeRequest template;

    /** Starts a producer of its own for the client. */
    LambdaInvoker(CamelContext context, LambdaClient client, FunctionName function, boolean async) {
        this.function = function;
        this.async = async;
        Lambda2Configuration configuration = new Lambda2Configuration();
        configuration.setAwsLambdaClient(new ReadableAnswers(client));
        configuration.setOperation(Lambda2Operations.invokeFunction);
        // The plain mode has neither qualifier nor invocation type, and encodes the body in the platform's charset.
        configuration.setPojoRequest(true);
        Lambda2Endpoint endpoint = new Lambda2Endpoint(
                "aws2-lambda:" + function, context.getComponent("aws2-lambda", Lambda2Component.class), configuration);
        endpoint.setFunction(function.name());
        template = InvokeRequest.builder()
                .functionName(function.name())
                .qualifier(function.qualifier())
                .invocationType(async ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE)
                .build();
        producer = OwnProducer.start(endpoint);
    }

    @Override
    public LambdaAnswer invoke(Part records, byte[] payload) {
        InvokeRequest.Builder request = template.toBuilder().payload(SdkBytes.fromByteArrayUnsafe(payload));
        if (async || !FunctionLog.isWanted()) {
            return send(request.build(), null);
        }
        return send(request.logType(LogType.TAIL).build(), records);
    }

    /** @param logged what to show the function's log for; null: it was not asked for */
    private LambdaAnswer send(InvokeRequest request, Part logged) {
        AtomicReference<InvokeResponse> whole = new AtomicReference<>();
        Message answer;
        try {
            answer = producer.call(request.toBuilder()
                            .overrideConfiguration(with -> with.putExecutionAttribute(ReadableAnswers.WHOLE, whole))
                            .build())
                    .getMessage();
        } catch (Exception e) {
            return LambdaAnswer.failed(AwsFailure.of(e));
        }
        if (logged != null) {
            String log = answer.getHeader(Lambda2Constants.LOG_RESULT, String.class);
            FunctionLog.show(function, logged.coordinates(), log);
        }
        LambdaAnswer answered = LambdaAnswer.answered(
                answer.getHeader(Lambda2Constants.STATUS_CODE, 0, Integer.class),
                answer.getHeader(Lambda2Constants.FUNCTION_ERROR, String.class),
                // Camel has read it as UTF-8, not in the platform's charset.
                answer.getBody(String.class));
        AwsResponseMetadata metadata = whole.get().responseMetadata();
        return answered.of(
                metadata == null ? null : metadata.requestId(), whole.get().executedVersion());
    }

    @Override
    public void close() {
        producer.close();
    }
}
