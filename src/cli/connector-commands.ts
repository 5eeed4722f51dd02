import type { Command } from 'commander';
import { guard, type ProgramContext, withJson } from './command-line.ts';

const PATH = 'a file, package folder or zip, a URL, or owner/repository[@ref]:path on GitHub';

/** `patchbay connector …`. */
export function addConnectorCommands(group: Command, context: ProgramContext): void {
  addCheck(group, context);
  addRequest(group, context);
  addCall(group, context);
  addCertify(group, context);
  addImport(group, context);
  addExport(group, context);
  addDiff(group, context);
  addPort(group, context);
}

function addCheck(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('check'))
    .description('say what would be imported, and what is wrong; ends with 1 when something cannot be')
    .argument('<path...>', `${PATH}; or a folder of those`)
    .addHelpText('after', examples(['check openapi.yaml', 'check ./connectors --json']))
    .action(
      guard(output, async (options, paths) => {
        const { checkConnectors } = await import('./commands/connector-check.ts');
        await checkConnectors(paths as unknown as string[], options, settings, output);
      }),
    );
}

function addRequest(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('request'))
    .description('print the HTTP request that an operation would send; nothing is sent')
    .argument('<path>', `${PATH}; with --all also a folder of those`)
    .argument('[operation]', 'an operationId, or a method and path: "GET /v1/labels/{id}"')
    .option('--inputs <file>', 'the inputs by parameter name; - reads standard input')
    .option('--connection <file>', '{"parameterSet": …, "parameters": {…}}; sample values when missing')
    .option('--steps', 'the request after each step of the pipeline, secrets masked')
    .option('--sample', 'inputs made from the schemas')
    .option('--all', 'every operation with sample inputs, one line of JSON each')
    .addHelpText(
      'after',
      examples([
        'request openapi.yaml CreateLabel --inputs in.json --connection c.json',
        'request openapi.yaml CreateLabel --sample --steps',
        'request openapi.yaml --all --sample',
      ]),
    )
    .action(
      guard(output, async (options, path, operation) => {
        const { printRequests } = await import('./commands/connector-request.ts');
        await printRequests(path, operation as string | undefined, options, settings, output);
      }),
    );
}

function addCall(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('call'))
    .description('call an operation, as a flow would; ends with 1 when the call fails')
    .argument('<path>', PATH)
    .argument('<operation>', 'an operationId, or a method and path: "GET /v1/labels/{id}"')
    .option('--inputs <file>', 'the inputs by parameter name; - reads standard input')
    .option('--connection <file>', '{"parameterSet": …, "parameters": {…}}')
    .option('--items', 'follow the pages, and print each item as a line of JSON')
    .option('--pages <count>', 'the same, for so many pages')
    .option('--trace', 'what each step of the pipeline did, on standard error')
    .addHelpText(
      'after',
      examples([
        'call openapi.yaml GetRates --inputs in.json --connection c.json',
        'call openapi.yaml ListLabels --items --connection c.json',
      ]),
    )
    .action(
      guard(output, async (options, path, operation) => {
        const { callConnector } = await import('./commands/connector-call.ts');
        await callConnector(path, String(operation), options, settings, output);
      }),
    );
}

function addCertify(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('certify'))
    .description('check the rules of connector certification; ends with 1 when an error is found')
    .argument('<path>', PATH)
    .option('--fix', 'mend what can be mended by rule, and write the definition back')
    .option('-o, --out <path>', 'where --fix writes to; the path itself when missing')
    .option('--hints', 'print hints too, which block nothing')
    .option('--new', 'the connector was never published: rules for new connectors are errors')
    .option('--independent', 'it is published by somebody else than the owner of the service')
    .addHelpText(
      'after',
      examples([
        'certify ./MyConnector',
        'certify ./MyConnector --fix',
        'certify api.yaml --fix -o mended.yaml',
      ]),
    )
    .action(
      guard(output, async (options, path) => {
        const { certifyConnector } = await import('./commands/connector-certify.ts');
        await certifyConnector(path, options, settings, output);
      }),
    );
}

function addImport(group: Command, { output, settings, apiKey }: ProgramContext): void {
  withJson(group.command('import'))
    .description('import a document, package, URL or path on GitHub into a running Patchbay')
    .argument('<path>', PATH)
    .option('--name <name>', 'the name of the connector; taken from the document when missing')
    .option('--url <url>', 'the address of Patchbay; this machine and PATCHBAY_PORT when missing')
    .option('--key <key>', 'an API key; PATCHBAY_API_KEY when missing')
    .addHelpText('after', examples(['import openapi.yaml --key pb_…']))
    .action(
      guard(output, async (options, path) => {
        const { importConnectorFile } = await import('./commands/connector-import.ts');
        await importConnectorFile(path, { key: apiKey, ...options }, settings, output);
      }),
    );
}

function addExport(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('export'))
    .description('write a definition in a format of others, or as a TypeScript client')
    .argument('<path>', PATH)
    .requiredOption(
      '--format <format>',
      'openapi-3.1, openapi-3.0, swagger-2.0, power-platform, postman, typescript',
    )
    .option('-o, --out <path>', 'where to; standard output when missing. A .zip or a folder for a package')
    .addHelpText('after', examples(['export openapi.yaml --format power-platform -o package.zip']))
    .action(
      guard(output, async (options, path) => {
        const { exportConnectorFile } = await import('./commands/connector-export.ts');
        await exportConnectorFile(path, options, settings, output);
      }),
    );
  withJson(group.command('code'))
    .description('write a typed client for TypeScript: one file without dependencies')
    .argument('<path>', PATH)
    .option('-o, --out <path>', 'where to; standard output when missing')
    .addHelpText('after', examples(['code openapi.yaml -o client.ts']))
    .action(
      guard(output, async (options, path) => {
        const { exportConnectorFile } = await import('./commands/connector-export.ts');
        await exportConnectorFile(path, { ...options, format: 'typescript' }, settings, output);
      }),
    );
}

function addDiff(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('diff'))
    .description('compare two definitions; ends with 1 when a change breaks those who use the first')
    .argument('<before>', PATH)
    .argument('<after>', PATH)
    .option('--flow <file...>', 'flows, to be told which of their actions would break')
    .addHelpText('after', examples(['diff v1.yaml v2.yaml --flow flow.json']))
    .action(
      guard(output, async (options, before, after) => {
        const { diffConnectorFiles } = await import('./commands/connector-diff.ts');
        await diffConnectorFiles(before, String(after), options, settings, output);
      }),
    );
}

function addPort(group: Command, { output, settings }: ProgramContext): void {
  withJson(group.command('port'))
    .description('write the beginning of a script.ts for custom code that came in C#')
    .argument('<path>', PATH)
    .option('-o, --out <folder>', 'where to, with the types for an editor; standard output when missing')
    .addHelpText('after', examples(['port ./MyConnector -o ./MyConnector']))
    .action(
      guard(output, async (options, path) => {
        const { portConnector } = await import('./commands/connector-port.ts');
        await portConnector(path, options, settings, output);
      }),
    );
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  patchbay connector ${line}`).join('\n')}`;
}
