import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** How the answers of a route are compressed. */
const COMPRESSION = {
  encodings: ['br', 'gzip'],
  // Texts only, and no events: they are sent one by one.
  customTypes: /^(?:application\/(?:[\w.+-]+\+)?(?:json|yaml)|text\/(?!event-stream))/,
} satisfies compress.FastifyCompressOptions;

/** Lets routes of this scope answer compressed, each as `chooseCompression` says. */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, { ...COMPRESSION, global: false });
}

/**
 * What is read may be large: the operations of a connector, the history of a run. What is written gets short answers,
 * and the few of them that show a secret (a new key) stand beside what was sent: compressed, their length would tell of both.
 */
export function chooseCompression(method: string): typeof COMPRESSION | false {
  return method === 'GET' ? COMPRESSION : false;
}
