import type { Json, JsonObject } from '../../src/base/index.ts';
import {
  add,
  countItems,
  formatMinute,
  isEmpty,
  multiply,
  readDate,
  readNumber,
  readText,
  writeText,
} from './by-hand.ts';

/** The same thing in the language of flows, in JSONata, and by hand. */
export interface ExpressionCase {
  readonly name: string;
  /** A value of a definition. */
  readonly template: Json;
  readonly jsonata: string;
  /** For data of which nothing is known: what may be missing is asked for, operands have their types checked. */
  byHand(data: Partial<Order> | null): unknown;
  /** For this order alone: nothing is missing, and every type is known. */
  bare(data: Order): unknown;
}

export interface Order {
  readonly id: number;
  readonly title: string;
  readonly status: string;
  readonly quantity: number;
  readonly price: number;
  readonly note: string | null;
  readonly placedAt: string;
  readonly customer: { readonly name: string; readonly address: { readonly city: string } };
  readonly lines: readonly { readonly sku: string; readonly count: number }[];
}

export const ORDER: Order = {
  id: 4711,
  title: 'Brass telescope',
  status: 'open',
  quantity: 3,
  price: 24.5,
  note: null,
  placedAt: '2026-03-01T09:30:00Z',
  customer: { name: 'Ada Lovelace', address: { city: 'London' } },
  lines: Array.from({ length: 20 }, (_, index) => ({ sku: `A-${index}`, count: index })),
};

export const CONTEXT: JsonObject = {
  trigger: { name: 'manual', outputs: { body: ORDER as unknown as Json } },
  outputs: { Get: { statusCode: 200, body: ORDER as unknown as Json } },
};

export const CASES: readonly ExpressionCase[] = [
  {
    name: 'a property, four deep',
    template: "@triggerBody()?['customer']?['address']?['city']",
    jsonata: 'customer.address.city',
    byHand: (data) => data?.customer?.address?.city ?? null,
    bare: (data) => data.customer.address.city,
  },
  {
    name: 'a text of parts',
    template:
      "Order @{triggerBody()?['id']}: @{triggerBody()?['title']} for @{triggerBody()?['customer']?['name']}",
    jsonata: "'Order ' & id & ': ' & title & ' for ' & customer.name",
    byHand: (data) =>
      `Order ${writeText(data?.id)}: ${writeText(data?.title)} for ${writeText(data?.customer?.name)}`,
    bare: (data) => `Order ${data.id}: ${data.title} for ${data.customer.name}`,
  },
  {
    name: 'a condition',
    template:
      "@and(equals(triggerBody()?['status'], 'open'), greater(length(triggerBody()?['lines']), 2), not(empty(triggerBody()?['title'])))",
    jsonata: "status = 'open' and $count(lines) > 2 and title != ''",
    byHand: (data) => data?.status === 'open' && countItems(data?.lines) > 2 && !isEmpty(data?.title),
    bare: (data) => data.status === 'open' && data.lines.length > 2 && data.title !== '',
  },
  {
    name: 'arithmetic',
    template: "@add(mul(triggerBody()?['quantity'], triggerBody()?['price']), 5)",
    jsonata: 'quantity * price + 5',
    byHand: (data) => add(multiply(data?.quantity, data?.price), 5),
    bare: (data) => data.quantity * data.price + 5,
  },
  {
    name: 'a choice with a default',
    template:
      "@if(greater(triggerBody()?['quantity'], 2), toUpper(coalesce(triggerBody()?['note'], triggerBody()?['status'])), 'few')",
    jsonata: "quantity > 2 ? $uppercase(note ? note : status) : 'few'",
    byHand: (data) =>
      readNumber(data?.quantity) > 2 ? readText(data?.note ?? data?.status).toUpperCase() : 'few',
    bare: (data) => (data.quantity > 2 ? (data.note ?? data.status).toUpperCase() : 'few'),
  },
  {
    name: 'a date, formatted',
    template: "@formatDateTime(triggerBody()?['placedAt'], 'yyyy-MM-dd HH:mm')",
    jsonata: "$fromMillis($toMillis(placedAt), '[Y0001]-[M01]-[D01] [H01]:[m01]')",
    byHand: (data) => formatMinute(readDate(data?.placedAt)),
    bare: (data) => formatMinute(new Date(data.placedAt)),
  },
  {
    name: 'text functions',
    template:
      "@replace(substring(concat(triggerBody()?['title'], '-', triggerBody()?['status']), 0, 12), ' ', '_')",
    jsonata: "$replace($substring(title & '-' & status, 0, 12), ' ', '_')",
    byHand: (data) => {
      const text = `${writeText(data?.title)}-${writeText(data?.status)}`;
      if (text.length < 12) throw new RangeError('the text is too short');
      return text.substring(0, 12).replaceAll(' ', '_');
    },
    bare: (data) => `${data.title}-${data.status}`.substring(0, 12).replaceAll(' ', '_'),
  },
  {
    name: 'the body of a request',
    template: {
      reference: "@{triggerBody()?['id']}",
      title: "@triggerBody()?['title']",
      ship_to: {
        name: "@triggerBody()?['customer']?['name']",
        city: "@toUpper(triggerBody()?['customer']?['address']?['city'])",
      },
      items: "@body('Get')?['lines']",
      total: "@mul(triggerBody()?['quantity'], triggerBody()?['price'])",
      kind: 'parcel',
    },
    jsonata:
      "{'reference': $string(id), 'title': title, 'ship_to': {'name': customer.name, 'city': $uppercase(customer.address.city)}, 'items': lines, 'total': quantity * price, 'kind': 'parcel'}",
    byHand: (data) => ({
      reference: writeText(data?.id),
      title: data?.title ?? null,
      ship_to: {
        name: data?.customer?.name ?? null,
        city: readText(data?.customer?.address?.city).toUpperCase(),
      },
      items: data?.lines ?? null,
      total: multiply(data?.quantity, data?.price),
      kind: 'parcel',
    }),
    bare: (data) => ({
      reference: String(data.id),
      title: data.title,
      ship_to: { name: data.customer.name, city: data.customer.address.city.toUpperCase() },
      items: data.lines,
      total: data.quantity * data.price,
      kind: 'parcel',
    }),
  },
];
