import { describe, expect, it } from 'vitest';
import { importText, requestOf } from '../../../../test/documents/read.ts';
import { type JsonObject, stringifyJson } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import { finishRequest } from '../../request/finish-request.ts';
import { prepareRequest } from '../../request/prepare-request.ts';
import { makeSampleInputs } from '../../request/sample-inputs.ts';

function compileCommand(command: string) {
  const { definition, errors, format } = importText(command, 'pasted.txt');
  if (definition === undefined) throw new Error(errors[0]?.message);
  expect(format).toBe('curl');
  expect(stringifyJson(definition as unknown as JsonObject)).not.toContain('s3cret');
  return compileConnector(definition);
}

/** What would go out for the first operation, with nothing but these inputs. */
function send(command: string, inputs: JsonObject = {}, values: Record<string, string> = {}) {
  const connector = compileCommand(command);
  const [operation] = connector.operations;
  if (operation === undefined) throw new Error('no operation');
  const method = connector.authenticationMethod();
  return finishRequest(prepareRequest({ connector, operation, method, values }, inputs));
}

describe('a curl command', () => {
  it('becomes one action that sends what the command sends', () => {
    const command = `$ curl -sS --location 'https://api.bakery.example/v2/orders/42?expand=lines&page=2' \\
      --header 'Accept: application/json' -H "X-Shop: s-7" | jq .`;
    const connector = compileCommand(command);
    expect(connector.operations.map((one) => [one.operationId, one.method, one.path])).toEqual([
      ['GetV2OrdersByOrderId', 'GET', '/v2/orders/{orderId}'],
    ]);
    expect(connector.authentication.map(({ kind }) => kind)).toEqual(['none']);
    const request = send(command);
    expect(request.url).toBe('https://api.bakery.example/v2/orders/42?expand=lines&page=2');
    expect(request.headers).toMatchObject({ 'x-shop': 's-7' });
  });

  it.each([
    ["curl https://a.example/x -H 'Authorization: Bearer s3cret'", 'bearer'],
    ['curl https://a.example/x --oauth2-bearer s3cret', 'bearer'],
    ['curl -uada:s3cret https://a.example/x', 'basic'],
    ['curl https://ada:s3cret@a.example/x', 'basic'],
    ["curl https://a.example/x -H 'Authorization: Basic s3cret'", 'basic'],
    ["curl https://a.example/x -H 'X-API-Key: s3cret'", 'apiKey'],
    ["curl 'https://a.example/x?api_key=s3cret&page=1'", 'apiKey'],
    ["curl https://a.example/x -b 'consent=yes; session_id=s3cret'", 'apiKey'],
    ["curl https://a.example/x -H 'Cookie: auth=s3cret'", 'apiKey'],
    ["curl https://a.example/x -H 'Authorization: s3cret'", 'apiKey'],
  ])('recognises how it authenticates and keeps no secret: %s', (command, kind) => {
    expect(compileCommand(command).authentication.map((method) => method.kind)).toEqual([kind]);
  });

  it('sends JSON', () => {
    const post = `curl -X POST https://a.example/orders -H 'Content-Type: application/json' --data-raw $'{"bread": "rye", "note": "it\\'s late", "password": "s3cret"}'`;
    const body = compileCommand(post).operations[0]?.body;
    expect(body).toMatchObject({ kind: 'json', required: true });
    expect(Object.keys(body?.schema['properties'] as JsonObject)).toEqual(['bread', 'note', 'password']);
    const json = compileCommand(`curl --json '{"a": 1}' https://a.example/orders`).operations[0];
    expect([json?.method, json?.body?.kind]).toEqual(['POST', 'json']);
  });

  it('sends forms and files', () => {
    const form = compileCommand('curl https://a.example/f -d a=1 -d "b=x y" --data-urlencode "c=m&n"');
    expect(form.operations[0]?.body?.fields?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const parts = compileCommand(
      'curl https://a.example/f -F "picture=@cake.png;type=image/png" -F width=800',
    );
    expect(parts.operations[0]?.body?.fields?.map((field) => [field.name, field.file])).toEqual([
      ['picture', true],
      ['width', false],
    ]);
    const upload = compileCommand('curl -T cake.png https://a.example/cake').operations[0];
    expect([upload?.method, upload?.body?.kind]).toEqual(['PUT', 'binary']);
  });

  it('puts data into the query with -G', () => {
    expect(send('curl -G https://a.example/find --data-urlencode "q=rye bread" -d size=3').url).toBe(
      'https://a.example/find?q=rye%20bread&size=3',
    );
  });

  it('is read as browsers on Windows copy it', () => {
    const command = [
      'curl --request POST --url ^"https://a.example/find?x=1^&y=2^" ^',
      '  -H ^"Content-Type: application/json^" ^',
      '  --data-raw ^"^{^\\^"bread^\\^": ^\\^"rye^\\^"^}^"',
    ].join('\r\n');
    const [operation] = compileCommand(command).operations;
    expect(operation?.parameters.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(operation?.body?.schema['properties']).toEqual({ bread: { type: 'string' } });
  });

  it('leaves open what is to be filled in', () => {
    const connector = compileCommand('curl "$BASE_URL/orders/{order}/lines/<line>" -H "X-Shop: $SHOP"');
    expect(connector.servers[0]?.url).toBe('{BASE_URL}');
    const [operation] = connector.operations;
    expect(operation?.path).toBe('/orders/{order}/lines/{line}');
    expect(operation?.parameters.map((one) => [one.name, one.default])).toEqual([
      ['order', undefined],
      ['line', undefined],
      ['X-Shop', undefined],
    ]);
  });

  it('beside others makes one operation each', () => {
    const connector = compileCommand(
      '# read\ncurl https://a.example/a\n\n# write\ncurl -X DELETE https://a.example/a',
    );
    expect(connector.operations.map(({ operationId }) => operationId)).toEqual(['GetA', 'DeleteA']);
  });

  it('without an address is one clear error', () => {
    const { errors, format } = importText('curl --help', 'pasted.txt');
    expect([format, errors.map(({ code }) => code)]).toEqual(['curl', ['CONNECTOR_NO_OPERATIONS']]);
  });
});

describe('a command', () => {
  const read = (text: string) => importText(text, 'commands.sh');
  const call = (text: string, operation = 0) => {
    const { definition } = read(text);
    if (definition === undefined) throw new Error('not imported');
    const connector = compileConnector(definition);
    const { operationId } = connector.operations[operation] ?? expect.fail('no operation');
    const inputs = makeSampleInputs(connector, connector.operations[operation] ?? expect.fail(''));
    return requestOf(connector, operationId, inputs);
  };

  it('with several addresses, or several parts, makes a request for each', () => {
    const several = 'curl https://a.example/x --next -d y=1 https://a.example/y https://a.example/z';
    expect(
      [0, 1, 2].map((index) => call(several, index)).map(({ method, url, body }) => [method, url, body]),
    ).toEqual([
      ['GET', 'https://a.example/x', undefined],
      ['POST', 'https://a.example/y', 'y=1'],
      ['POST', 'https://a.example/z', 'y=1'],
    ]);
  });

  it('keeps names without values, and the types of the parts of a form', () => {
    expect(call("curl 'https://a.example/x?flag&e='").url).toBe('https://a.example/x?flag=&e=');
    const { body } = call(`curl -F 'meta={"a":1};type=application/json' https://a.example/up`);
    expect(new TextDecoder().decode(body as Uint8Array)).toContain(
      'name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n',
    );
  });

  it('says what cannot be described', () => {
    const { warnings } = read('curl --aws-sigv4 aws:amz -u k:s https://a.example/x');
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'CONNECTOR_AUTHENTICATION_UNSUPPORTED',
        message: expect.stringContaining('aws-sigv4'),
      }),
    );
    expect(
      call('curl --aws-sigv4 aws:amz -u k:s https://a.example/x').headers['authorization'],
    ).toBeUndefined();
    expect(read('curl -X PURGE https://a.example/x').errors[0]?.message).toContain('PURGE');
  });
});
