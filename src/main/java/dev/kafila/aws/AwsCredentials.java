package dev.kafila.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Chooses whose credentials sign the requests. What it returns is closed by the client that it is given to. */
final class AwsCredentials {

    private AwsCredentials() {}

    /** Keys, else a provider class, else a profile, else the SDK's chain; with a role, that role assumed with them. */
    static AwsCredentialsProvider of(AwsSettings settings) {
        AwsCredentialsProvider own = own(settings);
        return settings.roleArn() == null ? own : AssumedRole.of(settings, own);
    }

    private static AwsCredentialsProvider own(AwsSettings settings) {
        if (settings.accessKeyId() != null) {
            return keys(settings);
        }
        if (settings.credentialsProvider() != null) {
            return instance(settings.credentialsProvider());
        }
        if (settings.profile() != null) {
            return ProfileCredentialsProvider.create(settings.profile());
        }
        return DefaultCredentialsProvider.builder().build();
    }

    private static AwsCredentialsProvider keys(AwsSettings settings) {
        return StaticCredentialsProvider.create(
                settings.sessionToken() == null
                        ? AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey())
                        : AwsSessionCredentials.create(
                                settings.accessKeyId(), settings.secretAccessKey(), settings.sessionToken()));
    }

    /** The class may come from the plug-in directory, which the context class loader knows. */
    private static AwsCredentialsProvider instance(String className) {
        try {
            Class<?> type =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            if (!AwsCredentialsProvider.class.isAssignableFrom(type)) {
                throw new AwsSettingsException(
                        "credentials-provider: " + className + " is not a " + AwsCredentialsProvider.class.getName(),
                        null);
            }
            Method create = factory(type);
            return (AwsCredentialsProvider)
                    (create == null ? type.getConstructor().newInstance() : create.invoke(null));
        } catch (ClassNotFoundException e) {
            throw new AwsSettingsException(
                    "credentials-provider: class " + className + " is not found; put its jar in the plug-in directory",
                    e);
        } catch (InvocationTargetException e) {
            throw new AwsSettingsException(
                    "credentials-provider: " + className + " could not be made: "
                            + e.getCause().getClass().getName(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AwsSettingsException(
                    "credentials-provider: " + className + " has neither a public constructor without parameters nor"
                            + " a static create()",
                    e);
        }
    }

    /** The SDK's own providers have a static {@code create()} and no public constructor. Null when there is none. */
    private static Method factory(Class<?> type) {
        try {
            Method create = type.getMethod("create");
            return Modifier.isStatic(create.getModifiers()) && type.isAssignableFrom(create.getReturnType())
                    ? create
                    : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
