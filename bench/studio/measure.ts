import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { describeMachine, formatTable } from '../runs/report.ts';
import { type Handling, handle, pressDown, scroll, typeText, type Work } from './handle.ts';
import { type BenchPage, listPages } from './pages.ts';
import { describeSlow, listHandlingRows, listPageRows, type PageResult } from './report.ts';
import { type Visit, visit } from './visit.ts';
import { type BenchWorld, startBenchWorld } from './world.ts';

const HELP = `Usage: npm run bench -- studio [--rounds 3] [--operations 1000,2000] [--gallery 500] [--rows 100000]
                               [--actions 10000] [--steps 300] [--only TEXT] [--json]

Opens each page of the studio in Chromium with nothing kept (cold) and again (warm), and types, scrolls and walks
through the definition of a large connector. Of the rounds the best of each figure counts: what else the machine does
only ever adds.`;

/** `npm run bench -- studio`: how long people wait for each page. */
export async function measureStudio(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      operations: { type: 'string', default: '1000,2000' },
      gallery: { type: 'string', default: '500' },
      rows: { type: 'string', default: '100000' },
      actions: { type: 'string', default: '10000' },
      steps: { type: 'string', default: '300' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const world = await startBenchWorld({
    operations: values.operations.split(',').map(Number),
    gallery: Number(values.gallery),
    rows: Number(values.rows),
    runActions: Number(values.actions),
    flowActions: Number(values.steps),
  });
  try {
    const rounds = Math.max(1, Number(values.rounds) || 1);
    const isWanted = ({ name }: { name: string }) => name.includes(values.only);
    const pages = await measurePages(world, listPages(world).filter(isWanted), rounds);
    const handlings = await measureHandlings(world, listWorks(world).filter(isWanted), rounds);
    if (values.json)
      return console.log(JSON.stringify({ ...describe(rounds), pages, handlings }, undefined, 2));
    const { machine, node, load } = describe(rounds);
    console.log(`${machine}, Node ${node}; best of ${rounds} rounds; load ${load} at the end\n`);
    for (const line of formatTable(listPageRows(pages))) console.log(line);
    console.log(`\n${describeSlow(pages)}\n`);
    for (const line of formatTable(listHandlingRows(handlings))) console.log(line);
  } finally {
    await world.stop();
  }
}

function describe(rounds: number) {
  return { machine: describeMachine(), node: process.version, rounds, load: loadavg()[0]?.toFixed(1) };
}

async function measurePages(
  world: BenchWorld,
  pages: readonly BenchPage[],
  rounds: number,
): Promise<PageResult[]> {
  const visits = new Map<string, { readonly cold: Visit[]; readonly warm: Visit[] }>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, path, control, isOpen } of pages) {
      const { cold, warm } = visits.get(name) ?? { cold: [], warm: [] };
      const context = await world.browser.newContext(isOpen ? {} : world.session);
      cold.push(await visit(context, world.url + path, control));
      warm.push(await visit(context, world.url + path, control));
      await context.close();
      visits.set(name, { cold, warm });
    }
  }
  return [...visits].map(([name, { cold, warm }]) => ({ name, cold: takeBest(cold), warm: takeBest(warm) }));
}

async function measureHandlings(
  world: BenchWorld,
  works: readonly Work[],
  rounds: number,
): Promise<Handling[]> {
  const handlings: Handling[] = [];
  for (const work of works) {
    const found: Handling[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await world.browser.newContext(world.session);
      found.push(await handle(context, work));
      await context.close();
    }
    handlings.push({ ...takeBest(found.map(({ name: _name, ...figures }) => figures)), name: work.name });
  }
  return handlings;
}

/** What people do in a large definition, and in a list of many rows. */
function listWorks({ url, connectors, listId, runId }: BenchWorld): Work[] {
  const ofConnectors = [...connectors].flatMap(([count, { connectorId, draftId }]) => {
    const step = `${url}/connectors/drafts/${draftId}?step=definition`;
    const inStep = 'section[aria-label=Definition]';
    return [
      { name: `${count}: type`, url: step, control: `${inStep} textarea`, run: typeText },
      { name: `${count}: search`, url: step, control: `${inStep} input[type=search]`, run: typeText },
      { name: `${count}: scroll`, url: step, control: `${inStep} [role=listbox]`, run: scroll },
      { name: `${count}: arrow keys`, url: step, control: `${inStep} [role=listbox]`, run: pressDown },
      {
        name: `${count}: scroll the connector page`,
        url: `${url}/connectors/${connectorId}`,
        control: 'ul[aria-label=Operations]',
        run: scroll,
      },
    ];
  });
  return [
    ...ofConnectors,
    { name: 'gallery: search', url: `${url}/connectors`, control: 'main input[type=search]', run: typeText },
    { name: 'list: scroll', url: `${url}/lists/${listId}`, control: '[role=grid]', run: scroll },
    { name: 'large run: scroll', url: `${url}/runs/${runId}`, control: 'main h1', run: scroll },
  ];
}

/** The least of each figure. */
function takeBest<Figures extends Record<keyof Figures, number>>(rounds: readonly Figures[]): Figures {
  const names = Object.keys(rounds[0] ?? {}) as (keyof Figures)[];
  const best = names.map((name) => [name, Math.min(...rounds.map((one) => one[name]))]);
  return Object.fromEntries(best) as Figures;
}
