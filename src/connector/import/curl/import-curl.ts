import type { ConnectorDefinition, ImportSource } from '../../definition-types.ts';
import { checkServers } from '../check-servers.ts';
import { decodeText } from '../decode.ts';
import type { ImportWork } from '../import-work.ts';
import { baseName } from '../package-files.ts';
import { UnusableInput } from '../problems.ts';
import { buildDocument } from '../requests/build-document.ts';
import type { NotedRequest } from '../requests/types.ts';
import { type CurlLoss, readCommand } from './read-command.ts';
import { splitCommands } from './split-words.ts';

/** The program, as a word or as a path to it. */
const CURL = /^(?:.*[\\/])?curl(?:\.exe)?$/i;

/** Text that begins with a curl command; a prompt or comments may stand before it. */
export function isCurlCommand({ files }: ImportSource): boolean {
  const [file] = files;
  if (file === undefined || files.length > 1) return false;
  const head = new TextDecoder().decode(file.bytes.subarray(0, 1000)).replace(/^\uFEFF/, '');
  return /^\s*(?:#[^\n]*\n\s*)*(?:[$>]\s+)?curl(?:\.exe)?\s/i.test(head);
}

/**
 * Makes a definition of a curl command, or of several that call one host: one operation each. Its values become
 * defaults and examples, its credentials the connection's authentication. Nothing is run.
 *
 * @throws UnusableInput when no address can be read.
 */
export function importCurl(source: ImportSource, work: ImportWork): ConnectorDefinition {
  work.setFormat('curl');
  const [file] = source.files;
  const name = baseName(file?.path ?? source.name);
  const text = decodeText(name, file?.bytes ?? new Uint8Array(), work.problems);
  const requests: NotedRequest[] = [];
  const losses: CurlLoss[] = [];
  for (const words of splitCommands(text)) {
    const start = words.findIndex((word) => CURL.test(word));
    // Words before it are a prompt or settings of the shell; after a pipe stand other programs.
    if (start < 0 || start > 2) continue;
    const command = readCommand(words.slice(start + 1));
    requests.push(...command.requests);
    losses.push(...command.losses);
  }
  const [first] = requests;
  if (first === undefined) {
    const [loss] = losses;
    const why = loss === undefined ? 'no http address can be read from it.' : loss.message;
    const message = `${name} holds a curl command, but nothing to call: ${why}`;
    throw new UnusableInput('CONNECTOR_NO_OPERATIONS', message, { line: 1 });
  }
  for (const { code, message } of losses) work.problems.add(code, message);
  const title = first.server.url.replace(/^https?:\/\//, '').replace(/[{}]/g, '') || 'API';
  const api = { title, description: '', version: '1', requests, keepsExamples: true };
  const openapi = buildDocument(api);
  checkServers(openapi, work.problems);
  return { openapi, properties: {}, source: { format: 'curl', fileName: name }, files: {} };
}
