/**
 * `npm run bench -- runs` and `npm run bench -- import`: measure on this machine, side by side.
 *
 * The other words start the processes that a benchmark consists of; they are not for people.
 */
const [name = '', ...args] = process.argv.slice(2);

switch (name) {
  case 'runs':
    await (await import('./runs/compare.ts')).compareRuns(args);
    break;
  case 'import':
    await (await import('./import/compare.ts')).compareImports(args);
    break;
  case 'calls':
    await (await import('./calls/compare.ts')).compareCalls(args);
    break;
  case 'expressions':
    await (await import('./expressions/compare.ts')).compareExpressions(args);
    break;
  case 'code':
    await (await import('./code/compare.ts')).measureCode(args);
    break;
  case 'studio':
    await (await import('./studio/measure.ts')).measureStudio(args);
    break;
  case 'upstream':
    await (await import('./runs/upstream.ts')).serveUpstream();
    break;
  case 'relay':
    await (await import('./runs/relay.ts')).serveRelay(args[0] ?? '');
    break;
  case 'limit':
    await (await import('./runs/limit/server.ts')).serveLimit(args[0] ?? '', args[1] ?? '');
    break;
  case 'dbos':
    await (await import('./runs/dbos.ts')).serveDbos(args[0] ?? '', args[1] ?? '');
    break;
  case 'load':
    await (await import('./runs/load.ts')).runLoad(JSON.parse(args[0] ?? '{}'));
    break;
  default:
    console.error(
      'Usage: npm run bench -- runs [--seconds 8] [--rounds 3] [--connections 256] [--json] [--help]\n' +
        '       npm run bench -- import [--rounds 3] [--json] [--help]\n' +
        '       npm run bench -- expressions [--rounds 31] [--ms 20] [--json] [--help]\n' +
        '       npm run bench -- calls [--calls 20000] [--rounds 5] [--json] [--help]\n' +
        '       npm run bench -- code [--runs 500] [--json] [--help]\n' +
        '       npm run bench -- studio [--rounds 3] [--only TEXT] [--json] [--help]',
    );
    process.exitCode = 2;
}
