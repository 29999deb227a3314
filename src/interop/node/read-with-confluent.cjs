// Reads records, one a line in hexadecimal digits, with Confluent's own client. Arguments: the registry and the topic.
const { readFileSync } = require('node:fs');
const { ProtobufDeserializer, SchemaRegistryClient, SerdeType } = require('@confluentinc/schemaregistry');

const [registry, topic] = process.argv.slice(2);
const client = new SchemaRegistryClient({ baseURLs: [registry], maxRetries: 0 });
const deserializer = new ProtobufDeserializer(client, SerdeType.VALUE, {});

(async () => {
  for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
    const { $typeName, ...fields } = await deserializer.deserialize(topic, Buffer.from(line, 'hex'));
    console.log(`${$typeName} ${JSON.stringify(fields)}`);
  }
})();
