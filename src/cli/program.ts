import { Command } from 'commander';
import { guard, type ProgramContext, withJson } from './command-line.ts';
import { addConnectorCommands } from './connector-commands.ts';
import { readRole } from './settings.ts';

/** The command line: `patchbay start | demo | connector … | flow … | expression …`. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('patchbay')
    .description('Define an API once; use it in every flow, app, program and agent.')
    .version(context.version)
    .showHelpAfterError()
    .exitOverride();
  addServerCommands(program, context);
  addConnectorCommands(
    program.command('connector').description('check, try, certify, export and compare definitions of APIs'),
    context,
  );
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

function addFlowCommands(group: Command, { output }: ProgramContext): void {
  withJson(group.command('check'))
    .description('check flow definitions')
    .argument(
      '<file...>',
      'flows, bare or as exported; packages (zip), project folders, deployment templates',
    )
    .action(
      guard(output, async (options, files) => {
        const { checkFlowFiles } = await import('./commands/flow-check.ts');
        await checkFlowFiles(files as unknown as string[], options, output);
      }),
    );
  withJson(group.command('test'))
    .description('run a flow in memory, with the outcomes of its calls from a file; or the tests of a folder')
    .argument('[path]', 'a flow, bare, exported or in a zip; a *.flowtest.json; or a folder that holds some')
    .option('--schema', 'print the JSON Schema of *.flowtest.json')
    .option('--trigger <file>', 'the trigger\'s outputs: {"body": …}')
    .option(
      '--mocks <file>',
      'the outcomes: {"actions": {"Name": {"outputs": …} | {"error": …} | [first, second, …]}}',
    )
    .option('--parameters <file>', "values for the definition's parameters")
    .option('--walk', 'run along every branch on made-up data, and tell which actions were reached')
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
