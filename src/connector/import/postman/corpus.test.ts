import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import { ConnectorError } from '../../errors.ts';
import { finishRequest } from '../../request/finish-request.ts';
import { prepareRequest } from '../../request/prepare-request.ts';
import { makeSampleInputs } from '../../request/sample-inputs.ts';
import { importConnector } from '../import-connector.ts';

/** Published collections of others, if there are some on this machine: the folder `postman` in PATCHBAY_CORPUS. */
const CORPUS = process.env['PATCHBAY_CORPUS'];

describe.skipIf(CORPUS === undefined)('collections of others', { timeout: 300_000 }, () => {
  const folder = join(CORPUS ?? '', 'postman');
  const read = (name: string) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    return importConnector({ name, files: [{ path: name, bytes }] });
  };
  const names = CORPUS === undefined ? [] : readdirSync(folder);

  it('are imported, compiled, and every operation makes a request', () => {
    const tally = { imported: 0, operations: 0, built: 0, warnings: 0 };
    const refused: string[] = [];
    const unreadable: string[] = [];
    for (const name of names) {
      const { definition, warnings, errors } = read(name);
      tally.warnings += warnings.length;
      if (definition === undefined) {
        unreadable.push(`${name}: ${errors[0]?.message}`);
        continue;
      }
      tally.imported += 1;
      const connector = compileConnector(definition);
      const method = connector.authenticationMethod();
      const values = Object.fromEntries(
        method.parameters.map((one) => {
          if (one.secret) return [one.name, new Secret('key')];
          return [
            one.name,
            one.defaultValue ?? (/url/i.test(one.name) ? 'https://service.example' : 'value'),
          ];
        }),
      );
      for (const operation of connector.operations) {
        tally.operations += 1;
        try {
          const inputs = makeSampleInputs(connector, operation);
          finishRequest(prepareRequest({ connector, operation, method, values }, inputs));
          tally.built += 1;
        } catch (error) {
          if (!(error instanceof ConnectorError)) throw error;
          refused.push(`${name} ${operation.operationId}: ${error.message}`);
        }
      }
    }
    console.log(names.length, tally, unreadable, refused);
    expect(unreadable.filter((line) => !line.startsWith('package.json'))).toEqual([]);
    expect(refused).toEqual([]);
  });
});
