import { endpoints, type RunAction } from '../../api/index.ts';
import { describeError } from '../../base/index.ts';
import { startPatchbay } from '../compose.ts';
import { type DemoAccount, openAccount } from '../demo/account.ts';
import { choosePort } from '../demo/choose-port.ts';
import { findLatestRun, followRun, waitForRun } from '../demo/follow-run.ts';
import { type CaughtMail, startMailCatcher } from '../demo/mail-catcher.ts';
import { startSampleApi } from '../demo/sample-api.ts';
import { type DemoSetup, setUpSample } from '../demo/set-up.ts';
import { CliError } from '../errors.ts';
import { type Output, printJson } from '../output.ts';
import type { Settings } from '../settings.ts';
import { untilSignal } from '../until-signal.ts';

export interface DemoOptions {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly version: string;
}

/** An order is shipped in a few seconds; a machine under load may take longer. */
const TIME_LIMIT_MS = 90_000;
const API_KEY = 'sample-key';

/**
 * `patchbay demo`: starts everything, ships an order, shows how it went, and stays up. With `--once` it ends when
 * the email has arrived: with 0, and with 1 when something failed on the way.
 */
export async function runDemo(settings: Settings, options: DemoOptions, output: Output): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  const printer = options.json ? createJsonPrinter(output) : createTextPrinter(output);
  const interrupted = untilSignal();
  try {
    const shipped = shipAnOrder(settings, options, printer, stops).then(() => 'shipped');
    if ((await Promise.race([shipped, interrupted])) !== 'shipped') {
      throw new CliError('DEMO_FAILED', 'it was interrupted.');
    }
    if (!options.once) {
      printer.staying();
      await interrupted;
    }
  } catch (error) {
    output.note(`The demo failed: ${describeError(error)}`);
    output.setExitCode(1);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function shipAnOrder(
  settings: Settings,
  options: DemoOptions,
  printer: Printer,
  stops: (() => Promise<void>)[],
): Promise<void> {
  const home = settings.demoHome;
  const port = settings.isPortDefault ? await choosePort(settings.host, settings.port) : settings.port;
  const [catcher, sampleApi, product] = await startAll(
    [
      startMailCatcher,
      () => startSampleApi(API_KEY),
      () => startPatchbay({ ...settings, home, port }, options.version),
    ],
    stops,
  );
  const { client, account } = await openAccount(home, product.url, product.setupToken?.reveal());
  printer.started(product.url, account, sampleApi.url);
  const setup = await setUpSample(client, sampleApi, catcher);
  printer.setUp(setup);

  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const before = await findLatestRun(client, setup.flow.id);
  await client.call(endpoints.createItem, { params: { id: setup.list.id }, body: { fields: setup.item } });
  const mail = catcher.takeMail(signal);
  mail.catch(() => undefined); // the run's own failure says more than a mail that never came
  const { id } = await waitForRun(client, setup.flow.id, before?.id, signal);
  const run = await followRun(client, id, printer.settled, signal);
  if (run?.status !== 'Succeeded') {
    const reason = run?.error?.message ?? 'it did not end in time';
    throw new CliError(
      'DEMO_FAILED',
      `The run ${run?.status ?? 'goes on'}: ${reason} See ${product.url}/runs/${id}`,
    );
  }
  printer.arrived(await mail, `${product.url}/runs/${id}`);
}

interface Stoppable {
  stop(): Promise<void>;
}

type Started<Starts extends readonly (() => Promise<Stoppable>)[]> = {
  [Index in keyof Starts]: Awaited<ReturnType<Starts[Index]>>;
};

/** Starts side by side. What has started is stopped at the end, also when another could not start. */
async function startAll<const Starts extends readonly (() => Promise<Stoppable>)[]>(
  starts: Starts,
  stops: (() => Promise<void>)[],
): Promise<Started<Starts>> {
  const results = await Promise.allSettled(
    starts.map(async (start) => {
      const started = await start();
      stops.push(() => started.stop());
      return started;
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  ) as Started<Starts>;
}

interface Printer {
  started(url: string, account: DemoAccount, sampleUrl: string): void;
  setUp(setup: DemoSetup): void;
  settled(action: RunAction): void;
  arrived(mail: CaughtMail, runUrl: string): void;
  staying(): void;
}

function createTextPrinter({ print }: Output): Printer {
  return {
    started(url, { email, password }, sampleUrl) {
      print(`Patchbay     ${url}`);
      print(`Sign in with ${email}, password ${password}`);
      print(`Sample API   ${sampleUrl}\n`);
    },
    setUp({ flow, list, item }) {
      print(`The connector is imported, connected, and the flow “${flow.name}” is on.`);
      print(`Adding an order to the list “${list.name}”: ${item['Title']} for ${item['Customer']}\n`);
    },
    settled: (action) => print(formatAction(action)),
    arrived({ from, to, subject, text }, runUrl) {
      print('\nAn email arrived:');
      for (const line of [
        `From: ${from}`,
        `To: ${to}`,
        `Subject: ${subject}`,
        '',
        ...text.trim().split('\n'),
      ]) {
        print(`  │ ${line}`);
      }
      print(`\nThe run: ${runUrl}`);
    },
    staying: () => print('\nPatchbay stays up. Add an order to the list and watch; Ctrl+C ends it.'),
  };
}

const SIGNS: Record<string, string> = { Succeeded: '✓', Skipped: '–' };

function formatAction({ key, status, startedAt, endedAt, error }: RunAction): string {
  const durationMs = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : undefined;
  const duration = durationMs === undefined || status === 'Skipped' ? '' : `${durationMs} ms`;
  const line = `  ${SIGNS[status] ?? '✗'} ${key.padEnd(56)} ${status.padEnd(10)} ${duration.padStart(8)}`;
  return error === undefined || status === 'Skipped' ? line.trimEnd() : `${line}\n      ${error.message}`;
}

function createJsonPrinter(output: Output): Printer {
  const print = (event: string, value: object) => printJson(output, { event, ...value });
  return {
    started: (url, { email, password }, sampleUrl) => print('started', { url, email, password, sampleUrl }),
    setUp: ({ flow, list }) => print('setUp', { flowId: flow.id, listId: list.id }),
    settled: (action) => print('action', action),
    arrived: (mail, runUrl) => print('email', { ...mail, runUrl }),
    staying: () => print('staying', {}),
  };
}
