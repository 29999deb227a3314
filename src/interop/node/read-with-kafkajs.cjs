// Reads records, one a line in hexadecimal digits, with the registry client of KafkaJS's users. Argument: the registry.
const { readFileSync } = require('node:fs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

const registry = new SchemaRegistry({ host: process.argv[2] });

(async () => {
  for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
    console.log(JSON.stringify(await registry.decode(Buffer.from(line, 'hex'))));
  }
})();
