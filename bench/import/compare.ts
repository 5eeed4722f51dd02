import { parseArgs } from 'node:util';
import { describeMachine, formatTable } from '../runs/report.ts';
import { measureAll, type Reading } from './measure.ts';
import { readDocuments } from './sources.ts';

const HELP = `Usage: npm run bench -- import [--rounds 3] [--json]

Reads every package in the folder 'connectors' of PATCHBAY_CORPUS (one folder per connector, with
apiDefinition.swagger.json), or documents of our own when it is not set.`;

/** `npm run bench -- import`: importing and compiling beside validation by swagger-parser and plain JSON.parse. */
export async function compareImports(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const corpus = process.env['PATCHBAY_CORPUS'];
  if (corpus === undefined && !values.json) {
    console.log(
      'PATCHBAY_CORPUS is not set (a folder with published connectors): documents of our own are read,',
    );
    console.log('which are too few and too small for the ratio to mean much.\n');
  }
  const { name, documents } = readDocuments(corpus);
  const bytes = documents.reduce((sum, document) => sum + document.bytes.length, 0);
  const readings = await measureAll(documents, Math.max(1, Number(values.rounds) || 1));
  const [, ours, , theirs] = readings;
  const ratio = (ours?.bestMs ?? 0) / (theirs?.bestMs ?? 1);
  if (values.json) {
    const facts = { machine: describeMachine(), node: process.version, documents: documents.length, bytes };
    return console.log(JSON.stringify({ ...facts, readings, ratio }, undefined, 2));
  }
  const megabytes = (bytes / 1_000_000).toFixed(1);
  console.log(`${describeMachine()}, Node ${process.version}`);
  console.log(`${documents.length} ${name}, ${megabytes} MB of documents; best of ${values.rounds} rounds\n`);
  for (const line of formatTable([HEADS, ...readings.map((one) => toRow(one, theirs))])) console.log(line);
  console.log(
    `\nImporting and compiling takes ${ratio.toFixed(2)} of swagger-parser's time (goal: 0.20 at most).`,
  );
}

const HEADS = ['', 'ms', 'read', 'refused', 'of swagger-parser'];

function toRow({ name, bestMs, read, refused }: Reading, theirs: Reading | undefined): string[] {
  return [
    name,
    Math.round(bestMs).toLocaleString('en'),
    String(read),
    String(refused),
    (bestMs / (theirs?.bestMs ?? 1)).toFixed(3),
  ];
}
