package dev.kafila.aws;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** Finds the region: the setting, or the SDK's chain with {@code AWS_DEFAULT_REGION}, which only AWS's command line reads, in it. */
public final class AwsRegion {

    private AwsRegion() {}

    /**
     * The region of these settings.
     *
     * @throws AwsSettingsException when nothing names a region
     */
    public static Region of(AwsSettings settings) {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        try {
            return chain(settings, System.getenv("AWS_DEFAULT_REGION")).getRegion();
        } catch (SdkClientException e) {
            throw new AwsSettingsException(
                    "region: none is set; set it, or AWS_REGION or AWS_DEFAULT_REGION in the environment,"
                            + " or a region in the profile of the AWS configuration file",
                    e);
        }
    }

    /** @param defaultRegion what {@code AWS_DEFAULT_REGION} says; may be null */
    static AwsRegionProvider chain(AwsSettings settings, String defaultRegion) {
        return new AwsRegionProviderChain(
                new SystemSettingsRegionProvider(),
                () -> defaultRegion == null || defaultRegion.isBlank() ? null : Region.of(defaultRegion),
                settings.profile() == null
                        ? new AwsProfileRegionProvider()
                        : new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, settings.profile()),
                new InstanceProfileRegionProvider());
    }
}
