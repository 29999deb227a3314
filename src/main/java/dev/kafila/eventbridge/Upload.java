package dev.kafila.eventbridge;

import software.amazon.awssdk.core.SdkBytes;

/**
 * What S3 holds instead of an entry.
 *
 * @param key     of the object: made of the content, so that a further attempt writes no other object
 * @param content JSON in UTF-8
 */
record Upload(String key, SdkBytes content) {}
