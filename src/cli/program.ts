import { Command } from 'commander';
import { type Output, reportFailure } from './output.ts';
import { readRole, type Settings } from './settings.ts';

export interface ProgramContext {
  readonly output: Output;
  readonly version: string;
  /** Read only by the commands that need them, so that a wrong variable does not break the others. */
  readonly settings: () => Settings;
  /** An API key for the commands that talk to a running Patchbay. */
  readonly apiKey: string | undefined;
}

/** The command line: `patchbay start | demo | connector … | flow … | expression …`. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('patchbay')
    .description('Define an API once; use it in every flow, app, program and agent.')
    .version(context.version)
    .showHelpAfterError()
    .exitOverride();
  addServerCommands(program, context);
  const connector = program
    .command('connector')
    .description('check, import, export and compare definitions of APIs');
  addConnectorCommands(connector, context);
  addExchangeCommands(connector, context);
  addFlowCommands(program.command('flow').description('check and try flows'), context);
  addExpressionCommands(program.command('expression').description('evaluate expressions'), context);
  return program;
}

function addServerCommands(program: Command, { output, settings, version }: ProgramContext): void {
  withJson(program.command('start'))
    .description('start Patchbay: the server, its database and the studio')
    .option(
      '--role <role>',
      'what this process does of the work: api, worker or all; PATCHBAY_ROLE when missing',
    )
    .action(
      guard(output, async (options) => {
        const { startProduct } = await import('./commands/start.ts');
        const role = typeof options.role === 'string' ? { role: readRole(options.role) } : {};
        await startProduct({ ...settings(), ...role }, { ...options, version }, output);
      }),
    );
  withJson(program.command('demo'))
    .description('start Patchbay with a sample shipping API and a mail catcher, and ship an order')
    .option('--once', 'end when the email has arrived')
    .action(
      guard(output, async (options) => {
        const { runDemo } = await import('./commands/demo.ts');
        await runDemo(settings(), { ...options, version }, output);
      }),
    );
}

function addConnectorCommands(group: Command, { output, settings, apiKey }: ProgramContext): void {
  withJson(group.command('check'))
    .description('try to import documents and packages, and say how it went; nothing is stored')
    .argument('<path...>', 'files, or folders to walk')
    .action(
      guard(output, async (options, paths) => {
        const { checkConnectors } = await import('./commands/connector-check.ts');
        await checkConnectors(paths as unknown as string[], options, output);
      }),
    );
  withJson(group.command('import'))
    .description('import a document, package, URL or path on GitHub into a running Patchbay')
    .argument('<path>', 'a file, a package folder, a URL, or owner/repository[@ref]:path on GitHub')
    .option('--name <name>', 'the name of the connector; taken from the document when missing')
    .option('--url <url>', 'the address of Patchbay; this machine and PATCHBAY_PORT when missing')
    .option('--key <key>', 'an API key; PATCHBAY_API_KEY when missing')
    .action(
      guard(output, async (options, path) => {
        const { importConnectorFile } = await import('./commands/connector-import.ts');
        await importConnectorFile(path, { key: apiKey, ...options }, settings, output);
      }),
    );
}

function addExchangeCommands(group: Command, { output }: ProgramContext): void {
  withJson(group.command('export'))
    .description('write a definition in a format of others, or as a TypeScript client')
    .argument('<path>', 'a file, or a package folder')
    .requiredOption(
      '--format <format>',
      'openapi-3.1, openapi-3.0, swagger-2.0, power-platform, postman, typescript',
    )
    .option('-o, --out <path>', 'where to; standard output when missing. A .zip or a folder for a package')
    .action(
      guard(output, async (options, path) => {
        const { exportConnectorFile } = await import('./commands/connector-export.ts');
        await exportConnectorFile(path, options, output);
      }),
    );
  withJson(group.command('code'))
    .description('write a typed client for TypeScript: one file without dependencies')
    .argument('<path>', 'a file, or a package folder')
    .option('-o, --out <path>', 'where to; standard output when missing')
    .action(
      guard(output, async (options, path) => {
        const { exportConnectorFile } = await import('./commands/connector-export.ts');
        await exportConnectorFile(path, { ...options, format: 'typescript' }, output);
      }),
    );
  withJson(group.command('diff'))
    .description('compare two definitions; ends with 1 when a change breaks those who use the first')
    .argument('<before>', 'a file, or a package folder')
    .argument('<after>', 'a file, or a package folder')
    .option('--flow <file...>', 'flows, to be told which of their actions would break')
    .action(
      guard(output, async (options, before, after) => {
        const { diffConnectorFiles } = await import('./commands/connector-diff.ts');
        await diffConnectorFiles(before, String(after), options, output);
      }),
    );
}

function addFlowCommands(group: Command, { output }: ProgramContext): void {
  withJson(group.command('check'))
    .description('check flow definitions')
    .argument('<file...>', 'Workflow Definition Language documents, bare or as exported')
    .action(
      guard(output, async (options, files) => {
        const { checkFlowFiles } = await import('./commands/flow-check.ts');
        await checkFlowFiles(files as unknown as string[], options, output);
      }),
    );
  withJson(group.command('test'))
    .description('run a flow in memory, with the outcomes of its calls from a file; or the tests of a folder')
    .argument('[path]', 'a flow, bare or as exported; a *.flowtest.json; or a folder that holds some')
    .option('--schema', 'print the JSON Schema of *.flowtest.json')
    .option('--trigger <file>', 'the trigger\'s outputs: {"body": …}')
    .option(
      '--mocks <file>',
      'the outcomes: {"actions": {"Name": {"outputs": …} | {"error": …} | [first, second, …]}}',
    )
    .option('--parameters <file>', "values for the definition's parameters")
    .action(
      guard(output, async (options, file) => {
        const { runFlowTest } = await import('./commands/flow-test.ts');
        await runFlowTest(file, options, output);
      }),
    );
}

function addExpressionCommands(group: Command, { output }: ProgramContext): void {
  withJson(group.command('eval'))
    .description('evaluate an expression or a template')
    .argument('[expr]', "concat('a', 'b'), @{parameters('n')} …")
    .option(
      '--batch',
      'JSON lines in, {"expression" | "template": …, "context": …}; {"value"} or {"error"} out',
    )
    .option('--context <file>', 'what it sees: {"parameters": …, "trigger": …, "actions": …, "variables": …}')
    .action(
      guard(output, async (options, text) => {
        const { runExpressionEval } = await import('./commands/expression-eval.ts');
        await runExpressionEval(text, options, output);
      }),
    );
}

function withJson(command: Command): Command {
  return command.option('--json', 'print JSON');
}

type Options = Record<string, unknown> & { json?: boolean };

/** Commander hands over the arguments first, then the options: this turns them round and reports what is thrown. */
function guard(output: Output, run: (options: Options, first: string, second: unknown) => Promise<void>) {
  return async (...received: unknown[]): Promise<void> => {
    const options = received.at(-2) as Options;
    try {
      await run(options, received[0] as string, received[1]);
    } catch (error) {
      reportFailure(output, error, options.json === true);
    }
  };
}
