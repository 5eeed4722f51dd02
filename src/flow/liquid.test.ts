import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../base/index.ts';
import { checkFlow } from './check-flow.ts';
import { testFlow } from './testing/test-flow.ts';

const action = (kind: string, map: string, content: Json): JsonObject => ({
  type: 'Liquid',
  kind,
  inputs: { content, map: { content: map } },
});
const run = (kind: string, map: string, content: Json) =>
  testFlow({ actions: { Map: action(kind, map, content) } }, { now: Date.UTC(2026, 10, 28) }).actions[0];

describe('a Liquid action with its map', () => {
  test('makes JSON of JSON, with filters as .NET names them and commas that are one too many', () => {
    const map = `{%- assign devices = content.devices | Split: ', ' -%}
{
  "fullName": "{{content.firstName | Append: ' ' | Append: content.lastName}}",
  "upper": "{{content.firstName | Upcase}}",
  "area": "{{content.phone | Slice: 1, 3}}",
  "day": "{{ 'now' | Date: 'yyyy-MM-dd' }}", "hour": "{{ content.at | date: '%H' }}",
  "half": {{ content.n | DividedBy: 2 }},
  "devices": [{% for device in devices %}{% if forloop.Last == true %}"{{device}}"{% else %}"{{device}}",{% endif %}{% endfor %}],
  "again": [{% for device in devices %}"{{device}}",{% endfor %}]
}`;
    const content = {
      firstName: 'Dean',
      lastName: 'Ledet',
      phone: '(111)5551111',
      devices: 'Surface, Phone',
      n: 8,
      at: '2026-01-01T07:00:00Z',
    };
    expect(run('JsonToJson', map, content)?.outputs).toEqual({
      body: {
        fullName: 'Dean Ledet',
        upper: 'DEAN',
        area: '111',
        day: '2026-11-28',
        hour: '07',
        half: 4,
        devices: ['Surface', 'Phone'],
        again: ['Surface', 'Phone'],
      },
    });
  });

  test('makes text of JSON and of XML, and JSON of XML', () => {
    const list = '{% for o in content.orders.order %}{{ o["@id"] }}={{ o.sku }};{% endfor %}';
    const xml = '<orders><order id="1"><sku>A&amp;B</sku></order><order id="2"><sku>C</sku></order></orders>';
    expect(run('XmlToText', list, xml)?.outputs).toEqual({ body: '1=A&B;2=C;' });
    const one = '{"first": "{{ content.orders.order[0].sku | escape }}"}';
    expect(run('XmlToJson', one, xml)?.outputs).toEqual({ body: { first: 'A&amp;B' } });
    expect(
      run('JsonToText', '{{ content.n }} @{no expression}', '{"n": 12345678901234567890}')?.outputs,
    ).toEqual({
      body: '12345678901234567890 @{no expression}',
    });
  });

  test('what it writes must be JSON, and what it reads as well', () => {
    expect(run('JsonToJson', '{ "a": {{ content.none }} }', {})?.error).toMatchObject({
      code: 'InvalidLiquidMap',
      message: expect.stringContaining('no JSON'),
    });
    expect(run('JsonToText', 'x', '{')?.error?.code).toBe('InvalidLiquidMap');
  });

  test.each([
    [
      'time',
      '{% for a in (1..3000) %}{% for b in (1..3000) %}{% assign x = a | times: b %}{% endfor %}{% endfor %}',
    ],
    [
      'memory',
      '{% assign s = "xxxxxxxxxxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s | size }}',
    ],
    ['other files', '{% render "/etc/passwd" %}'],
    ['what is no data', '{{ content.constructor.constructor }}{% include "x" %}'],
  ])('has no more %s than it may', (_, map) => {
    expect(run('JsonToText', map, { a: 1 })?.error?.code).toBe('InvalidLiquidMap');
  });

  test('is checked: its kind, its syntax, its filters', () => {
    const codes = (kind: string, map: string) =>
      checkFlow({ actions: { Map: action(kind, map, {}) } }).errors.map(
        ({ code, pointer, message }) => `${code} ${pointer} ${message}`,
      );
    expect(codes('JsonToJson', '{{ content.a | Upcase }}')).toEqual([]);
    const place = 'FLOW_LIQUID_MAP /actions/Map/inputs/map/content';
    expect(codes('JsonToYaml', '')[0]).toContain(
      `${place} Action 'Map' (Liquid) cannot be used: its kind is 'JsonToYaml'`,
    );
    expect(codes('JsonToJson', '{% if a %}')[0]).toContain(place);
    expect(codes('JsonToJson', '{{ a | Shout }}')[0]).toContain('undefined filter: Shout');
  });

  test('whose map is kept elsewhere says where to give it', () => {
    const inputs = { content: '@triggerBody()', integrationAccount: { map: { name: 'Orders' } } };
    const { warnings } = checkFlow({ actions: { Map: { type: 'Liquid', kind: 'JsonToJson', inputs } } });
    expect(warnings.find(({ code }) => code === 'FLOW_ACTION_NOT_RUN')?.message).toContain('map.content');
  });
});
